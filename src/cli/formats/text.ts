import { maskSecrets } from '../../sql/facts/secrets.ts';
import { type Finding, type LintReport, levels } from '../../sql/finding.ts';
import { printableLine } from '../output.ts';
import { type ExcerptLine, excerptOf } from './excerpt.ts';
import { type Paint, styleOf } from './paint.ts';

export interface TextOptions {
  /** The texts of the files, by their names in the report. */
  readonly texts: ReadonlyMap<string, string>;
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Findings alone: nothing about what was suppressed, and no summary. */
  readonly quiet: boolean;
}

/** A report for people: one finding a paragraph with the lines that it is about, then what was found in all. */
export function asText(report: LintReport, options: TextOptions): string {
  const { findings, suppressed, errors } = report;
  const { paint, quiet } = options;
  const linesOf = linesIn(options.texts);
  const paragraphs = [
    ...errors.map(
      ({ file, line, column, message }) =>
        `${paint('bold', place(file, line, column))} ${paint('red', 'not understood:')} ${sentence(message)}`,
    ),
    ...findings.map((finding) => paragraph(finding, linesOf(finding.file), options)),
  ];
  const ignored = suppressed.map(({ finding: { file, line, column, rule }, reason }) =>
    paint('dim', printableLine(`${file}:${line}:${column}: ignored: ${rule}, because ${reason}`)),
  );
  const rest = quiet ? [] : [...(ignored.length === 0 ? [] : [ignored.join('\n')]), summary(report, paint)];
  return [...paragraphs, ...rest].join('\n\n');
}

function paragraph(finding: Finding, lines: readonly string[], { paint, width }: TextOptions): string {
  const { file, line, column, level, rule, message, remedy, fix, docs } = finding;
  const style = styleOf[level];
  const last = [
    `${paint('green', 'Instead:')} ${sentence(remedy)}`,
    ...(fix === undefined ? [] : [`${paint('green', 'Fix:')} ${printableLine(fix.description)} (--fix)`]),
    paint('dim', printableLine(docs)),
  ];
  return [
    `${paint('bold', place(file, line, column))} ${paint([style, 'bold'], `${level}:`)} ${paint('bold', rule)}`,
    `  ${sentence(message)}`,
    ...excerpt(finding, lines, width, (text) => paint(style, text), paint),
    ...last.map((each) => `  ${each}`),
  ].join('\n');
}

function excerpt(
  span: Finding,
  lines: readonly string[],
  width: number,
  accent: (text: string) => string,
  paint: Paint,
): readonly string[] {
  // A text that is not at hand has no lines to show.
  if (lines.length < span.line) return [];
  const gutter = String(span.endLine).length + 2;
  const edge = (label: string) => paint('blue', `${label.padStart(gutter)} |`);
  const shown = excerptOf(lines, span, Math.max(20, width - gutter - 3));
  const isOpen = shown.length < span.endLine - span.line + 1;
  return [
    ...shown.flatMap(({ number, text, marks }: ExcerptLine) => [
      `${edge(String(number))} ${text}`.trimEnd(),
      ...(marks === undefined ? [] : [`${edge('')} ${accent(marks)}`]),
    ]),
    ...(isOpen ? [edge('...')] : []),
  ];
}

/** `2 errors, 1 warning in 3 files, 12 statements; 1 suppressed; 2 can be fixed with --fix`. */
function summary({ findings, suppressed, errors, files, statements }: LintReport, paint: Paint): string {
  const byLevel = levels.flatMap((level) => {
    const number = findings.filter((finding) => finding.level === level).length;
    return number === 0 ? [] : [paint([styleOf[level], 'bold'], counted(number, level))];
  });
  const found = byLevel.length === 0 ? paint('green', 'nothing found') : byLevel.join(', ');
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  return [
    `${found} in ${counted(files, 'file')}, ${counted(statements, 'statement')}`,
    ...(errors.length === 0 ? [] : [paint('red', `${counted(errors.length, 'place')} not understood`)]),
    ...(suppressed.length === 0 ? [] : [`${suppressed.length} suppressed`]),
    ...(fixable === 0 ? [] : [`${fixable} can be fixed with --fix`]),
  ].join('; ');
}

function place(file: string, line: number, column: number): string {
  return printableLine(`${file}:${line}:${column}:`);
}

/** A message may quote SQL of several lines. */
function sentence(text: string): string {
  return printableLine(text.replace(/\s*\n\s*/g, ' '));
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Texts are taken apart only where something was found in them. What is a secret, only the text around it may tell. */
function linesIn(texts: ReadonlyMap<string, string>): (file: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (file) => {
    const text = texts.get(file);
    const lines = known.get(file) ?? (text === undefined ? [] : maskSecrets(text).split('\n'));
    known.set(file, lines);
    return lines;
  };
}
