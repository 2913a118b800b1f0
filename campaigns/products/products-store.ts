import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { cursorKey, keyPage, type Page, type PageRequest } from '../routes/index.ts';
import type { Viewer } from '../scope/index.ts';
import type { Product } from './products-schema.ts';

interface ProductRow {
  id: Id;
  vendor_id: Id;
  code: string;
  name_en: string;
  name_zh: string;
  price_minor: number;
  currency: string;
  active: number;
  created_at: number;
}

export async function insertProduct(tx: Tx, product: Product): Promise<void> {
  await tx.knex('products').insert(toRow(product));
}

export async function updateProduct(tx: Tx, product: Product): Promise<void> {
  const { id, ...columns } = toRow(product);
  await tx.knex('products').where({ id }).update(columns);
}

export async function productById(queries: Queries, id: Id): Promise<Product | undefined> {
  const row = await queries.knex<ProductRow>('products').where({ id }).first();
  return row && toProduct(row);
}

/** Products belong to the whole vendor. */
export async function listProducts(
  queries: Queries,
  viewer: Viewer,
  page: PageRequest,
): Promise<Page<Product>> {
  const query = queries
    .knex<ProductRow>('products')
    .orderBy('id')
    .limit(page.limit + 1);
  if (viewer.scope !== 'all') query.where('vendor_id', viewer.vendorId);
  const after = cursorKey(page.cursor);
  if (after) query.where('id', '>', after);
  return keyPage((await query).map(toProduct), page.limit, (product) => product.id);
}

function toRow(product: Product): ProductRow {
  return {
    id: product.id,
    vendor_id: product.vendorId,
    code: product.code,
    name_en: product.nameEn,
    name_zh: product.nameZh,
    price_minor: product.priceMinor,
    currency: product.currency,
    active: product.active ? 1 : 0,
    created_at: product.createdAt,
  };
}

function toProduct(row: ProductRow): Product {
  return {
    id: row.id,
    vendorId: row.vendor_id,
    code: row.code,
    nameEn: row.name_en,
    nameZh: row.name_zh,
    priceMinor: row.price_minor,
    currency: row.currency,
    active: row.active === 1,
    createdAt: row.created_at,
  };
}
