import { invalid, notFound } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { issuesOf, repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Issue } from '../state/issue.ts';
import type { Label, Repository } from '../state/repository.ts';
import { labelView } from '../views/repository.ts';
import { issueNeed, permit } from './access.ts';
import { note, tell } from './record.ts';
import { limits } from './validate.ts';

/** Colour of a label that came into being by being used. */
const plainColor = 'ededed';

/** Looks a label up by name, in any case. */
export function findLabel(repository: Repository, name: string): Label | undefined {
  return repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

function checkLabel(name: unknown, description: string | null | undefined): asserts name is string {
  const problem = { resource: 'Label', code: 'custom' } as const;
  if (typeof name !== 'string' || name.trim() === '')
    throw invalid({ resource: 'Label', field: 'name', code: 'missing_field' });
  if ([...name].length > limits.label)
    throw invalid({ ...problem, field: 'name', message: `name is too long (maximum is ${limits.label} characters)` });
  if (description && [...description].length > limits.labelDescription)
    throw invalid({
      ...problem,
      field: 'description',
      message: `description is too long (maximum is ${limits.labelDescription} characters)`,
    });
}

function checkColor(color: string): void {
  if (!/^[0-9a-fA-F]{6}$/.test(color)) throw invalid({ resource: 'Label', field: 'color', code: 'invalid' });
}

/** Adds a label to a repository without asking who wants it. */
export function defineLabel(
  site: Site,
  repository: Repository,
  name: string,
  color: string,
  description: string | null,
) {
  const id = nextId(site.world, 'Label');
  const label: Label = { id, name, color, description, default: false };
  repository.labels.push(label);
  return label;
}

export interface LabelInput {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  readonly description?: string | null | undefined;
}

/** Creates a label; 422 `already_exists` when the name is taken in any case. */
export async function createLabel(site: Site, actor: Actor, repository: Repository, input: LabelInput): Promise<Label> {
  permit(site, actor, repository, issueNeed(null, 'write', 'write'));
  checkLabel(input.name, input.description);
  const color = input.color ?? plainColor;
  checkColor(color);
  if (findLabel(repository, input.name)) throw invalid({ resource: 'Label', field: 'name', code: 'already_exists' });
  const label = defineLabel(site, repository, input.name, color.toLowerCase(), input.description ?? null);
  await tellLabel(site, actor, repository, label, 'created');
  return label;
}

/** Renames, recolours or describes a label. */
export async function updateLabel(site: Site, actor: Actor, repository: Repository, label: Label, input: LabelInput) {
  permit(site, actor, repository, issueNeed(null, 'write', 'write'));
  const name = input.name ?? label.name;
  checkLabel(name, input.description);
  const taken = findLabel(repository, name);
  if (taken && taken !== label) throw invalid({ resource: 'Label', field: 'name', code: 'already_exists' });
  if (input.color !== undefined) checkColor(input.color);
  const before = label.name;
  label.name = name;
  label.color = (input.color ?? label.color).toLowerCase();
  if (input.description !== undefined) label.description = input.description;
  const changes = before === name ? {} : { name: { from: before } };
  await tellLabel(site, actor, repository, label, 'edited', { changes });
  return label;
}

/** Deletes a label and takes it off every issue. */
export async function deleteLabel(site: Site, actor: Actor, repository: Repository, label: Label): Promise<void> {
  permit(site, actor, repository, issueNeed(null, 'write', 'write'));
  for (const issue of issuesOf(site.world, repository)) issue.labelIds = issue.labelIds.filter((id) => id !== label.id);
  repository.labels = repository.labels.filter((other) => other !== label);
  await tellLabel(site, actor, repository, label, 'deleted');
}

async function tellLabel(site: Site, actor: Actor, repository: Repository, label: Label, action: string, extra = {}) {
  const payload = () => ({ label: labelView(site, repository, label), ...extra });
  await site.emit({ event: 'label', action, repository, actor, needs: ['issues', 'read'], payload });
}

/** Puts labels on an issue, defining those that the repository does not have yet, as GitHub does. */
export async function addLabels(site: Site, actor: Actor, issue: Issue, names: readonly string[]): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, issueNeed(issue, 'write', 'triage'));
  await putLabels(site, actor, issue, names);
}

/** `addLabels` for callers that have already decided who may. */
export async function putLabels(site: Site, actor: Actor, issue: Issue, names: readonly string[]): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  for (const name of names) checkLabel(name, null);
  for (const name of names) {
    const label = findLabel(repository, name) ?? defineLabel(site, repository, name, plainColor, null);
    if (issue.labelIds.includes(label.id)) continue;
    issue.labelIds.push(label.id);
    note(site, actor, issue, { event: 'labeled', label: { name: label.name, color: label.color } });
    await tell(site, actor, issue, 'labeled', { label: labelView(site, repository, label) });
  }
}

/** Takes one label off an issue; 404 when it is not on it. */
export async function removeLabel(site: Site, actor: Actor, issue: Issue, name: string): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, issueNeed(issue, 'write', 'triage'));
  const label = findLabel(repository, name);
  if (!label || !issue.labelIds.includes(label.id)) throw notFound();
  await dropLabel(site, actor, issue, repository, label);
}

async function dropLabel(site: Site, actor: Actor, issue: Issue, repository: Repository, label: Label): Promise<void> {
  issue.labelIds = issue.labelIds.filter((id) => id !== label.id);
  note(site, actor, issue, { event: 'unlabeled', label: { name: label.name, color: label.color } });
  await tell(site, actor, issue, 'unlabeled', { label: labelView(site, repository, label) });
}

/** Makes an issue carry exactly these labels. */
export async function setLabels(site: Site, actor: Actor, issue: Issue, names: readonly string[]): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  permit(site, actor, repository, issueNeed(issue, 'write', 'triage'));
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  for (const label of repository.labels)
    if (issue.labelIds.includes(label.id) && !wanted.has(label.name.toLowerCase()))
      await dropLabel(site, actor, issue, repository, label);
  await putLabels(site, actor, issue, names);
}
