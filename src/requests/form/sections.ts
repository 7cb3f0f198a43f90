import type { Block } from '../text/markdown.ts';
import { defaultLabels, type FormField, type FormLabels, plainLabel } from './labels.ts';

/** A part of an issue under one heading of its form; `free` is what no known heading stands above. */
export interface Section {
  readonly field: FormField | 'free';
  readonly blocks: readonly Block[];
}

/** The sections of an issue. Without any known heading everything is free text. */
export function sectionsOf(blocks: readonly Block[], labels: FormLabels | undefined): readonly Section[] {
  const sections: { field: Section['field']; blocks: Block[] }[] = [{ field: 'free', blocks: [] }];
  for (const block of blocks) {
    const field = block.kind === 'heading' && block.level === 3 ? fieldOf(block.text, labels) : undefined;
    if (field !== undefined) sections.push({ field, blocks: [] });
    else if (block.kind === 'heading' && block.level <= 3 && sections.at(-1)?.field !== 'free') {
      // An unknown heading of a form ends the section before it, and what follows is kept as free text.
      sections.push({ field: 'free', blocks: [block] });
    } else if (!isEmptyAnswer(block)) sections.at(-1)?.blocks.push(block);
  }
  return sections.filter((section) => section.blocks.length > 0);
}

function fieldOf(heading: string, labels: FormLabels | undefined): FormField | undefined {
  const label = plainLabel(heading);
  return labels?.get(label) ?? defaultLabels.get(label);
}

/** GitHub writes `_No response_` where an optional field was left empty. */
function isEmptyAnswer(block: Block): boolean {
  return block.kind === 'paragraph' && /^no response\.?$/i.test(block.text);
}
