import { describe, expect, it } from 'vitest';
import { ask } from './shop.ts';

describe('the paraphrase', () => {
  it.each<readonly [string, readonly string[]]>([
    [
      'Add a `note` column to orders.',
      [
        'Add the column `note` (text, optional) to `orders` (text, because its name says so; optional, because nothing else was said).',
      ],
    ],
    ['Add `discount` to orders.', ['Add the column `discount` to `orders` (what it holds is still to be answered).']],
    [
      'Create a table coupons with code text unique.',
      [
        'Create the table `coupons` with `id` (bigint, primary key, numbered by the database), `code` (text, optional); allow no two rows with the same `code` (a numbered `id` is the primary key, because none was named).',
      ],
    ],
    ['Index orders.status.', ['Add an index on `orders` (status).']],
    ['Make customers.email required.', ['`customers.email` is required already.']],
    [
      'Add a foreign key from order_items.product_id to products.',
      [
        'Add the column `product_id` (integer, optional) to `order_items` (integer, like `products.id`; optional, because nothing else was said).',
        'On `order_items`, let `product_id` reference `products` (id).',
      ],
    ],
    [
      "Fill products.sku with 'none'.",
      [
        "Give `products.sku` the value `'none'` in the existing rows where `sku IS NULL` (rows that hold a value keep it).",
      ],
    ],
    ['The orders report is slow.', ['Speed up a query of `orders` (which one is still to be answered).']],
    ['Good morning.', []],
  ])('of %j', (body, sentences) => {
    expect(ask(body).paraphrase).toEqual(sentences);
  });

  it('names the tables concerned', () => {
    expect(
      ask('Add a `note` column to orders. Add a table coupons with code text. Drop legacy from customers.').tables,
    ).toEqual(['public.coupons', 'public.customers', 'public.orders']);
  });
});
