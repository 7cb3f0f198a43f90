import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addComment } from '../../../src/sandbox/operations/comments.ts';
import { commitChanges } from '../../../src/sandbox/operations/commits.ts';
import { createIssue } from '../../../src/sandbox/operations/issues.ts';
import { createPull } from '../../../src/sandbox/operations/pulls.ts';
import { createRef } from '../../../src/sandbox/operations/refs.ts';
import { user } from '../graphql/site.ts';
import { aReviewedShop } from './story.ts';

const alice = user('alice');
let shop: Awaited<ReturnType<typeof aReviewedShop>>;
beforeAll(async () => {
  shop = await aReviewedShop();
});
afterAll(() => shop.close());

describe('what is shown', () => {
  it.each([
    ['/', ['acme/shop', '2 open issues', '1 open pull requests']],
    ['/alice', ['alice', 'admin']],
    ['/apps/database-lead', ['database-lead[bot]', 'Bot']],
    ['/acme/shop', ['README.md', '<h1>Shop</h1>', '/acme/shop/tree/main/db']],
    ['/acme/shop/tree/main/db/migrations', ['0001_init.sql']],
    ['/acme/shop/blob/main/db/migrations/0001_init.sql', ['CREATE TABLE orders', 'id="L1"']],
    ['/acme/shop/blob/main/logo.png', ['Binary file, not shown.']],
    ['/acme/shop/commits/main', ['Initial commit']],
    ['/acme/shop/commits/index/db/migrations/0002_index.sql', ['Add the index']],
    ['/acme/shop/compare?base=main&head=index', ['Create pull request', 'CREATE INDEX ON orders']],
    ['/acme/shop/issues', ['Faster orders', 'label-0e8a16', '2</a>', '0 of 1 sub-issues']],
    ['/acme/shop/issues?label=database', ['Faster orders']],
    ['/acme/shop/issues?state=closed', ['No closed issues.']],
    [
      '/acme/shop/issues/1',
      [
        'Faster orders',
        'first',
        'second',
        'added <span class="IssueLabel',
        'Add the index',
        '0 of 1 completed',
        '<progress',
      ],
    ],
    ['/acme/shop/pulls', ['Add the index']],
    ['/acme/shop/pull/3', ['wants to merge', 'One finding.', 'Suggested change', 'Merge pull request', 'failure']],
    [
      '/acme/shop/pull/3/files',
      ['+CREATE INDEX ON orders', 'This locks.', 'CONCURRENTLY', 'Resolve conversation', 'Commit suggestion'],
    ],
    ['/acme/shop/pull/3/checks', ['One error', '<strong>bad</strong>', 'needs CONCURRENTLY', 'Explain', 'Re-run']],
    ['/acme/shop/deployments', ['Nothing was deployed yet.']],
    ['/_sandbox/deliveries', ['No webhook was sent yet']],
    ['/_sandbox/faults', ['Nothing goes wrong']],
    ['/acme/shop/issues/new/choose', ['Blank issue']],
    ['/acme/shop/issues/new', ['name="title"']],
    ['/acme/shop/edit/index/db/migrations/0002_index.sql', ['CREATE INDEX ON orders', 'Commit changes']],
    ['/acme/shop/new/main/db', ['value="db/"']],
  ])('%s', async (path, words) => {
    const { status, text, headers } = await shop.get(path, 'alice');
    expect(status).toBe(200);
    for (const word of words) expect(text).toContain(word);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(text).not.toContain('[object Object]');
    expect(text).not.toContain('undefined');
  });

  it.each([
    '/nobody',
    '/acme/other',
    '/acme/shop/issues/99',
    '/acme/shop/pull/1',
    '/acme/shop/blob/main/none',
    '/acme/shop/tree/none',
    '/acme/shop/runs/1',
    '/acme/shop/commit/abc',
    '/acme/shop/%E0%A4%A',
    '/_sandbox/deliveries/1',
    '/_sandbox/assets/..%2Fpages.ts',
    '/_sandbox/assets/toString',
    '/acme/shop/issues/new?template=none.yml',
  ])('%s is not there', async (path) => {
    const { status, text } = await shop.get(path, 'alice');
    expect(status).toBe(404);
    expect(text).toContain('There is nothing here');
  });

  it('leads from an issue address to the pull request', async () => {
    const response = await fetch(`${shop.origin}/acme/shop/issues/3`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/acme/shop/pull/3']);
  });

  it('shows no forms to who may not use them', async () => {
    const { text } = await shop.get('/acme/shop/pull/3');
    expect(text).toContain('One finding.');
    expect(text.match(/<form[^>]*action="([^"]*)"/g)).toEqual([
      '<form class="act-as" method="post" action="/_sandbox/act-as"',
    ]);
  });

  it('hides a private repository from those without access', async () => {
    shop.repository.private = true;
    expect((await shop.get('/acme/shop')).status).toBe(404);
    expect((await shop.get('/')).text).not.toContain('acme/shop');
    expect((await shop.get('/acme/shop', 'carol')).status).toBe(200);
    shop.repository.private = false;
  });

  it('says when nothing has changed', async () => {
    const { headers } = await shop.get('/acme/shop/issues/1', 'alice');
    const etag = headers.get('etag') ?? '';
    expect(await shop.get('/acme/shop/issues/1', 'alice', { 'if-none-match': etag })).toMatchObject({
      status: 304,
      text: '',
    });
    await addComment(shop.site, alice, shop.parent, 'something new');
    expect(await shop.get('/acme/shop/issues/1', 'alice', { 'if-none-match': etag })).toMatchObject({ status: 200 });
  });

  it.each([
    'sizes.css',
    'light.css',
    'dark.css',
    'core.css',
    'markdown.css',
    'pages.css',
    'pages.js',
    'diagram.js',
    'mermaid.js',
  ])('serves %s', async (name) => {
    const { status, headers, text } = await shop.get(`/_sandbox/assets/${name}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(name.endsWith('.css') ? /^text\/css/ : /^text\/javascript/);
    expect(text.length).toBeGreaterThan(100);
  });

  it('draws diagrams in a frame that may do nothing else', async () => {
    const policy = (await shop.get('/_sandbox/diagram')).headers.get('content-security-policy');
    expect(policy).toContain('sandbox allow-scripts;');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('allow-same-origin');
  });
});

describe('hostile text', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;

  it('is only ever shown as text, wherever it stands', async () => {
    const { site, repository, bot } = shop;
    const issue = await createIssue(site, bot, repository, { title: evil, body: evil, labels: [evil.slice(0, 50)] });
    await addComment(site, bot, issue, evil);
    await createRef(
      site,
      alice,
      repository,
      'refs/heads/evil"onmouseover=alert(1)',
      repository.refs['refs/heads/main'],
    );
    await commitChanges(site, alice, repository, {
      branch: 'evil"onmouseover=alert(1)',
      message: evil,
      changes: [{ path: `db/${evil.replaceAll('/', '')}.sql`, content: evil }],
    });
    const pull = await createPull(site, alice, repository, {
      title: evil,
      head: 'evil"onmouseover=alert(1)',
      base: 'main',
    });
    const branch = encodeURIComponent('evil"onmouseover=alert(1)');
    for (const path of [
      '/issues',
      `/issues/${issue.number}`,
      '/pulls',
      `/pull/${pull.number}`,
      `/pull/${pull.number}/files`,
      `/commits/${branch}`,
      `/tree/${branch}/db`,
      `/compare?head=${branch}`,
    ]) {
      const { status, text } = await shop.get(`/acme/shop${path}`, 'alice');
      expect(status).toBe(200);
      expect(text).toContain('&lt;script&gt;');
      expect(text.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="/_sandbox/assets/pages.js">']);
      // Inside of a quoted value the words are harmless: no quotation mark that was typed ends it.
      expect(text.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son(error|mouseover)/);
    }
  });
});
