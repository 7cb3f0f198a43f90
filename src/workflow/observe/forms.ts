import type { Repository, Tree } from '../../github/port.ts';
import { type FormLabels, formLabels } from '../../requests/form/labels.ts';

const folder = /^\.github\/ISSUE_TEMPLATE\/[^/]+\.ya?ml$/i;

/** The labels of the repository's issue forms: an issue has the labels as headings, and nothing says which form made it. */
export async function formsOf(repository: Repository, tree: Tree): Promise<FormLabels | undefined> {
  const shas = tree.entries.filter(({ path }) => folder.test(path)).map(({ sha }) => sha);
  if (shas.length === 0) return undefined;
  const texts = await repository.texts(shas);
  const labels = [...texts.values()].flatMap((text) => [...((text === null ? undefined : formLabels(text)) ?? [])]);
  return labels.length === 0 ? undefined : new Map(labels);
}
