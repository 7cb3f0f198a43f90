import { must } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Context, Fields } from '../context.ts';

export function appFields(at: Context, appId: number): Fields {
  const app = must(at.site.world.apps.get(appId), 'App', appId);
  return {
    __typename: 'App',
    id: nodeId('App', app.id),
    databaseId: app.id,
    name: app.name,
    slug: app.slug,
    createdAt: app.createdAt,
    updatedAt: app.createdAt,
  };
}
