import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addComment, editComment } from '../../../src/sandbox/operations/comments.ts';
import { addLabels, createLabel } from '../../../src/sandbox/operations/labels.ts';
import { user } from '../graphql/site.ts';
import { aReviewedShop } from './story.ts';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
const alice = user('alice');

describe.skipIf(!executablePath)('in a browser (skipped where neither CHROMIUM nor /usr/bin/chromium is one)', () => {
  let shop: Awaited<ReturnType<typeof aReviewedShop>>;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    shop = await aReviewedShop();
    const args = ['--no-sandbox', '--disable-dev-shm-usage'];
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
    page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });

  it('a person opens an issue, labels it and answers, by keyboard', async () => {
    await page.goto(`${shop.origin}/acme/shop/issues/new`);
    await page.getByLabel('Title').fill('A new table');
    await page.getByLabel('Description').fill('For **returns**, see #1.');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/issues/4');
    expect(await page.locator('.markdown-body strong').textContent()).toBe('returns');
    await page.getByLabel('New label').fill('urgent');
    await page.keyboard.press('Enter');
    await page.locator('.sidebar section > .IssueLabel', { hasText: 'urgent' }).waitFor();
    await page.getByLabel('Add a comment').fill('Is anybody there?');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.locator('.comment', { hasText: 'Is anybody there?' }).waitFor();
    expect(shop.site.world.comments.size).toBe(3);
  });

  it('what others do appears by itself, and what is being typed stays', async () => {
    await page.goto(`${shop.origin}/acme/shop/issues/1`);
    const draft = page.getByLabel('Add a comment');
    await draft.fill('half a sen');
    const comment = await addComment(shop.site, alice, shop.parent, 'from elsewhere');
    await page.locator('.comment', { hasText: 'from elsewhere' }).waitFor();
    await editComment(shop.site, alice, comment, 'changed elsewhere');
    await page.locator('.comment', { hasText: 'changed elsewhere' }).waitFor();
    expect(await page.locator('.comment', { hasText: 'from elsewhere' }).count()).toBe(0);
    await createLabel(shop.site, alice, shop.repository, { name: 'late', color: '123456' });
    await addLabels(shop.site, alice, shop.parent, ['late']);
    const label = page.locator('.sidebar section > .IssueLabel', { hasText: 'late' });
    await label.waitFor();
    const color = `getComputedStyle(document.querySelector('.sidebar section > .label-123456')).backgroundColor`;
    expect(await page.evaluate(color)).toBe('rgb(18, 52, 86)');
    expect(await draft.inputValue()).toBe('half a sen');
  });

  it('a diagram is drawn, and one that cannot be drawn stays readable', async () => {
    await addComment(shop.site, alice, shop.child, '```mermaid\nerDiagram\n  customers ||--o{ orders : places\n```');
    await addComment(shop.site, alice, shop.child, '```mermaid\nno diagram {{{\n```');
    await page.goto(`${shop.origin}/acme/shop/issues/2`);
    await page.locator('details.diagram-source').waitFor();
    const frame = page.frameLocator('iframe.diagram-frame').first();
    expect(await frame.locator('svg').textContent()).toContain('customers');
    await page.locator('pre.diagram', { hasText: 'no diagram' }).waitFor();
    await page.waitForFunction('document.querySelectorAll("iframe.diagram-frame").length === 1');
  });

  it('a line of the diff is picked for a comment, and a suggestion is committed', async () => {
    await page.goto(`${shop.origin}/acme/shop/pull/3/files`);
    await page.getByRole('button', { name: 'Comment on line 1' }).click();
    await page.keyboard.type('Why now?');
    expect(await page.getByLabel('to line').inputValue()).toBe('1');
    await page.keyboard.press('Control+Enter');
    await page.locator('.thread-comment', { hasText: 'Why now?' }).waitFor();
    await page.getByRole('button', { name: 'Commit suggestion' }).click();
    await page.locator('.line-new', { hasText: 'CONCURRENTLY' }).waitFor();
  });

  it('somebody else is chosen, who sees other buttons', async () => {
    await page.goto(`${shop.origin}/acme/shop/pull/3`);
    expect(await page.getByRole('button', { name: 'Merge pull request' }).count()).toBe(1);
    await page.getByLabel('Act as').selectOption('carol');
    await page.waitForFunction(
      'document.querySelector("#act-as").value === "carol" && document.readyState === "complete"',
    );
    await page.waitForURL('**/pull/3');
    await expect.poll(() => page.getByRole('button', { name: 'Merge pull request' }).count()).toBe(0);
  });

  it('nothing scrolls sideways on a small screen, and it is dark where that is wanted', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 640 }, colorScheme: 'dark' });
    const small = await context.newPage();
    for (const path of [
      '/',
      '/acme/shop',
      '/acme/shop/issues',
      '/acme/shop/issues/1',
      '/acme/shop/pull/3',
      '/acme/shop/pull/3/files',
      '/acme/shop/pull/3/checks',
      '/acme/shop/issues/new',
      '/_sandbox/faults',
    ]) {
      await small.goto(shop.origin + path);
      expect([path, await small.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
    expect(await small.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(13, 17, 23)');
    await context.close();
  });

  it('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
