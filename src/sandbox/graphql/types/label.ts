import { nodeId } from '../../state/ids.ts';
import type { Label, Repository } from '../../state/repository.ts';
import type { Context, Fields } from '../context.ts';
import { ordered, type PageArguments, paged } from '../page.ts';
import { repositoryFields } from './repository.ts';

export function labelFields(at: Context, repository: Repository, label: Label): Fields {
  const resourcePath = `/${repository.owner}/${repository.name}/labels/${encodeURIComponent(label.name)}`;
  return {
    __typename: 'Label',
    id: nodeId('Label', label.id),
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: label.default,
    createdAt: repository.createdAt,
    updatedAt: repository.createdAt,
    repository: () => repositoryFields(at, repository),
    resourcePath,
    url: at.site.url() + resourcePath,
  };
}

interface LabelArguments extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
  readonly query?: string | null;
}

/** A connection of labels, of a repository or of an issue. */
export function labelConnection(at: Context, repository: Repository, labels: () => readonly Label[]) {
  return paged(
    ({ orderBy, query }: LabelArguments) =>
      ordered(
        query ? labels().filter((label) => label.name.toLowerCase().includes(query.toLowerCase())) : labels(),
        orderBy,
        { CREATED_AT: (label) => label.id, NAME: (label) => label.name.toLowerCase() },
      ),
    (label) => labelFields(at, repository, label),
  );
}
