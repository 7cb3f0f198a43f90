import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonicalJson, isSignedBy, sign } from '../kernel/hash.ts';
import { linesOf } from './fenced.ts';

/** A value found in a marker. */
export interface Marker {
  readonly kind: string;
  /** JSON. */
  readonly payload: unknown;
}

/**
 * Hides values in what we post and finds them again. A marker is one HTML comment on a line of its own:
 * `<!-- database-lead:KIND v1 BASE64 SIGNATURE -->`; standard base64 has no dash, so `--` cannot occur in it.
 *
 * `context` (`owner/repo#12`) says where the marker belongs and is signed with it, so that a marker which somebody copies
 * to another issue is no marker there. Within one issue markers can be copied: look at the author as well.
 */
export interface MarkerCodec {
  /** `kind`: lower-case letters, digits and dashes. `payload`: JSON. Equal values give equal markers. */
  write(kind: string, context: string, payload: unknown): string;
  /** The valid markers of a body from top to bottom, of one kind or of all. Those in quotes and code do not count. */
  read(body: string, context: string, kind?: string): readonly Marker[];
}

// v2 is the same with the JSON deflated: a plan's record would otherwise take half of the 65,536 characters of a comment.
const plainUpTo = 1_000;
const pattern = /^ {0,3}<!-- database-lead:([a-z0-9-]+) (v[12]) ([A-Za-z0-9+/]+={0,2}) ([0-9a-f]{32}) -->/;

/** `secret`: known to nobody but the App; with another one, earlier markers are no longer recognised. */
export function markerCodec(secret: string): MarkerCodec {
  return {
    write(kind, context, payload) {
      if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(kind)) throw new RangeError(`not a kind of marker: ${kind}`);
      const json: string | undefined = canonicalJson(payload);
      if (json === undefined) throw new TypeError('a marker holds JSON, and undefined is none');
      const version = json.length > plainUpTo ? 'v2' : 'v1';
      const text = (version === 'v2' ? deflateRawSync(json, { level: 9 }) : Buffer.from(json)).toString('base64');
      return `<!-- database-lead:${kind} ${version} ${text} ${sign(signed(kind, version, context, text), secret)} -->`;
    },

    read(body, context, wanted) {
      return candidates(body).flatMap((line) => {
        const [, kind = '', version = '', text = '', signature = ''] = pattern.exec(line) ?? [];
        if (kind === '' || (wanted !== undefined && kind !== wanted)) return [];
        if (!isSignedBy(signed(kind, version, context, text), signature, secret)) return [];
        const bytes = Buffer.from(text, 'base64');
        return [
          { kind, payload: JSON.parse((version === 'v2' ? inflateRawSync(bytes) : bytes).toString()) as unknown },
        ];
      });
    },
  };
}

/** No part but the context can contain a line end, so no two markers share one signed text. */
function signed(kind: string, version: string, context: string, text: string): string {
  return [kind, version, context, text].join('\n');
}

/**
 * Lines that may hold a marker: outside fences, where we repeat what people wrote. The last line counts in any case: we end
 * our posts with a marker, and a fence that somebody forgot to close above must not make us forget the post.
 */
function candidates(body: string): readonly string[] {
  const lines = linesOf(body).filter(({ text }) => text.trim() !== '');
  return lines.filter(({ fenced }, index) => !fenced || index === lines.length - 1).map(({ text }) => text);
}
