import type { Hunk } from '../../git/patch.ts';
import { type Html, html } from '../html.ts';

const kinds: Readonly<Record<string, { readonly name: string; readonly spoken: string }>> = {
  '+': { name: 'line-new', spoken: 'added' },
  '-': { name: 'line-old', spoken: 'removed' },
};

function text(line: string): Html {
  const kind = kinds[line[0] ?? ''];
  return html`<td class="text">${kind ? html`<span class="sr-only">${kind.spoken}: </span>` : ''}${line[0] === '\\' ? line : `${line[0] ?? ' '}${line.slice(1)}`}</td>`;
}

/** Lines of a diff without their numbers. */
export function diffRows(lines: readonly string[]): Html[] {
  return lines.map((line) => html`<tr class="${kinds[line[0] ?? '']?.name ?? ''}">${text(line)}</tr>`);
}

function number(line: number | null, side: 'LEFT' | 'RIGHT', pick: boolean): Html {
  if (line === null) return html`<td class="num"></td>`;
  if (!pick) return html`<td class="num">${line}</td>`;
  return html`<td class="num"><button type="button" class="line-pick" data-line="${line}" data-side="${side}" aria-label="Comment on ${side === 'LEFT' ? 'old ' : ''}line ${line}">${line}</button></td>`;
}

/**
 * The hunks of a file as rows of a table, with the numbers of both sides.
 *
 * @param below what stands under a line, such as the review threads about it.
 * @param pick whether the numbers lead to the form for a comment.
 */
export function hunkRows(
  hunks: readonly Hunk[],
  below: (side: 'LEFT' | 'RIGHT', line: number) => Html | null,
  pick: boolean,
): Html[] {
  const rows: Html[] = [];
  for (const hunk of hunks) {
    rows.push(
      html`<tr class="line-hunk"><td colspan="3">@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@</td></tr>`,
    );
    let [old, now] = [hunk.oldStart, hunk.newStart];
    for (const line of hunk.lines) {
      const sign = line[0] ?? ' ';
      const [inOld, inNew] = [sign !== '+' && sign !== '\\', sign !== '-' && sign !== '\\'];
      rows.push(
        html`<tr class="${kinds[sign]?.name ?? ''}">${number(inOld ? old : null, 'LEFT', pick && !inNew)}${number(inNew ? now : null, 'RIGHT', pick)}${text(line)}</tr>`,
      );
      for (const under of [inOld ? below('LEFT', old) : null, inNew ? below('RIGHT', now) : null])
        if (under) rows.push(html`<tr class="line-threads"><td colspan="3">${under}</td></tr>`);
      if (inOld) old += 1;
      if (inNew) now += 1;
    }
  }
  return rows;
}
