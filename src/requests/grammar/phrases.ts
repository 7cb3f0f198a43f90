/** What stands before a wish and carries nothing; alternatives are separated by `|`. */
export const polite: readonly (readonly string[])[] = [
  ['can|could|would|will', 'you|we|someone|somebody', 'be', 'so', 'kind', 'to'],
  ['can|could|would|will', 'you|we|someone|somebody'],
  ["i|we|i'd|we'd", 'would', 'like|love', 'you', 'to'],
  ["i'd|we'd", 'like|love', 'you', 'to'],
  ["i'd|we'd", 'like|love', 'to'],
  ['i|we', 'would', 'like|love', 'you', 'to'],
  ['i|we', 'would', 'like|love', 'to'],
  ['i|we', 'want|need', 'you', 'to'],
  ['i|we', 'want|need|have|wish', 'to'],
  ['i|we|you', 'must|should|shall|ought'],
  ['let', 'us'],
  ['lets|let'],
  ['it', 'would|should|might', 'be', 'nice|great|good|helpful|useful|best', 'to'],
  ['it', 'would|should|might', 'be', 'nice|great|good|helpful|useful|best', 'if', 'you|we', 'could|can|would'],
  ['it', 'is', 'necessary|needed|required|time', 'to'],
  ['is', 'it', 'possible', 'to'],
  ['would', 'it', 'be', 'possible', 'to'],
  ['be', 'able', 'to'],
  ['make', 'sure', 'to'],
  ['there', 'is', 'need', 'to'],
  ['request', 'to'],
  ['to'],
  ['hi|hello|hey|ok|okay|dear|thanks|todo|feature|request|task|feat|chore|fix|wip'],
  ['in', 'addition'],
  ['so'],
  ['yes'],
  [',|:|-|*|!|(|[|]'],
];

/** What says that something should exist. */
export const having: readonly (readonly string[])[] = [
  ["i|we|i'd|we'd|you", 'would', 'like|love', 'to', 'have|see'],
  ["i'd|we'd", 'like|love', 'to', 'have|see'],
  ["i|we|i'd|we'd", 'would', 'like|love'],
  ["i'd|we'd", 'like|love'],
  ['i|we', 'need|want', 'to', 'have'],
  ['i|we', 'need|want|require|lack|miss'],
  ['i|we', 'are', 'missing|lacking'],
  ['there', 'should|must|needs|has|ought', 'to', 'be'],
  ['there', 'should|must|shall', 'be'],
  ['needed|wanted|required|missing'],
  ['need|want'],
  ['have'],
];

/** What says how something should be. */
export const modals: readonly (readonly string[])[] = [
  ['should|must|shall|can|could|may', 'be', 'able', 'to'],
  ['needs|need|has|have|ought|is|are', 'to'],
  ['should|must|shall|may|can|could|cannot'],
  ["should|must|may|can|could|shouldn't|mustn't|can't"],
];

/** Verbs after a modal by which the subject gets something. */
export const haves: readonly (readonly string[])[] = [['have|get|receive|gain|contain|include|store|carry|hold']];

/** "should be dropped" turned round to "drop". */
export const participles: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dropped: 'drop',
    removed: 'remove',
    deleted: 'delete',
    added: 'add',
    created: 'create',
    introduced: 'add',
    renamed: 'rename',
    called: 'rename',
    changed: 'change',
    altered: 'alter',
    converted: 'convert',
    switched: 'switch',
    widened: 'widen',
    extended: 'extend',
    shortened: 'shorten',
    made: 'make',
    turned: 'turn',
    indexed: 'index',
    optimized: 'optimize',
    optimised: 'optimize',
    improved: 'improve',
    backfilled: 'backfill',
    filled: 'fill',
    populated: 'populate',
    updated: 'update',
    stored: 'store',
    saved: 'save',
    set: 'set',
    linked: 'link',
    gone: 'drop',
  }),
);

/** Words that begin a condition or a reason. */
export const subordinators = [
  'if',
  'when',
  'whenever',
  'because',
  'although',
  'while',
  'once',
  'after',
  'before',
  'until',
  'since',
  'unless',
  'though',
  'as',
];
/** What ends a wish: after it stands only why, when, or what not. */
export const tails: readonly (readonly string[])[] = [
  ['because|otherwise|whereas|although|though|unless|until'],
  ['since'],
  ['so', 'that|we|the|it|they|our|you|people'],
  ['in', 'order', 'to'],
  ['as', 'it|we|they|this|these|our|there|customers|users|people'],
  ['instead', 'of'],
  ['rather', 'than'],
  ['e.g|eg|i.e|ie'],
  ['for', 'example|instance'],
  ['which', 'we|is|are|has|was|were|will|would|makes|helps'],
  ['when', 'we|the|a|you|someone|customers|users|they'],
  ['if', 'we|the|a|you|possible|they|it|needed|necessary'],
  ['before|after', 'we|the|our|it|they'],
  ['while', 'we|the|our|it|they'],
  ['but', 'i|we|only|please', 'think|know|keep|do|be|make'],
];

/** Words that turn a wish into its opposite. */
export const negations = [
  'not',
  'never',
  "don't",
  "doesn't",
  "shouldn't",
  "mustn't",
  "can't",
  'cannot',
  "won't",
  'dont',
  "needn't",
];

/** Verbs that are nouns or parts of a wish more often than its beginning. */
export const ambiguousVerbs = [
  'index',
  'default',
  'set',
  'update',
  'link',
  'reference',
  'store',
  'limit',
  'require',
  'point',
  'track',
  'record',
  'turn',
];

/** What demands that a statement be true. */
export const assurances: readonly (readonly string[])[] = [
  ['make', 'sure', 'that'],
  ['make', 'sure'],
  ['ensure', 'that'],
  ['ensure'],
];
