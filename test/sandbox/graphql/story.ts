import { addComment } from '../../../src/sandbox/operations/comments.ts';
import { commitChanges } from '../../../src/sandbox/operations/commits.ts';
import { createIssue } from '../../../src/sandbox/operations/issues.ts';
import { addLabels, removeLabel } from '../../../src/sandbox/operations/labels.ts';
import { createPull } from '../../../src/sandbox/operations/pulls.ts';
import { createRef } from '../../../src/sandbox/operations/refs.ts';
import { aShop, user } from './site.ts';

const alice = user('alice');
const bob = user('bob');

/** An issue with a child, a conversation, and a pull request that closes it. */
export async function aStory() {
  const shop = await aShop();
  const { site, repository, bot } = shop;
  const parent = await createIssue(site, alice, repository, {
    title: 'Faster orders',
    body: 'Please',
    labels: ['database'],
  });
  const child = await createIssue(site, bot, repository, {
    title: 'Add the index',
    body: '',
    parentIssueId: parent.id,
  });
  await addComment(site, bob, parent, 'first');
  await addComment(site, bot, parent, 'second');
  await addLabels(site, alice, parent, ['urgent']);
  await removeLabel(site, bob, parent, 'urgent');
  const main = repository.refs['refs/heads/main'];
  await createRef(site, bob, repository, 'refs/heads/index', main);
  await commitChanges(site, bob, repository, {
    branch: 'index',
    message: 'Add the index\n\nFor the report.',
    changes: [{ path: 'db/migrations/0002_index.sql', content: 'CREATE INDEX ON orders (id);\n' }],
  });
  const pull = await createPull(site, bob, repository, {
    title: 'Add the index',
    body: `Closes #${child.number}\n\nPart of #${parent.number}`,
    head: 'index',
    base: 'main',
  });
  return { ...shop, parent, child, pull };
}
