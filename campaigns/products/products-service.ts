import type { Clock } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import { type AuditLog, changedFields } from '../audit/index.ts';
import type { Viewer } from '../scope/index.ts';
import type { NewProduct, Product, ProductChange } from './products-schema.ts';
import { insertProduct, productById, updateProduct } from './products-store.ts';

export interface ProductService {
  /** @throws DomainError `product_code_taken` */
  create(tx: Tx, viewer: Viewer, input: NewProduct): Promise<Product>;
  change(tx: Tx, viewer: Viewer, change: { productId: Id; input: ProductChange }): Promise<Product>;
}

interface Services {
  clock: Clock;
  ids: Ids;
  audit: AuditLog;
}

export function createProductService({ clock, ids, audit }: Services): ProductService {
  return {
    async create(tx, viewer, input) {
      const { vendorId } = viewer;
      const product: Product = { id: ids.next(), vendorId, ...input, active: true, createdAt: clock.now() };
      try {
        await insertProduct(tx, product);
      } catch (error) {
        if (!tx.dialect.isUniqueViolation(error)) throw error;
        throw new DomainError('conflict', 'product_code_taken', 'The vendor has a product of this code', {
          cause: error,
        });
      }
      await audit.record(tx, { ...note(viewer, product, 'product.created'), after: product });
      return product;
    },
    async change(tx, viewer, { productId, input }) {
      const before = await productById(tx, productId);
      if (!before || (viewer.scope !== 'all' && before.vendorId !== viewer.vendorId)) {
        throw new DomainError('notFound', 'product_not_found', 'There is no such product');
      }
      const after: Product = { ...before };
      Object.assign(
        after,
        Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
      );
      await updateProduct(tx, after);
      await audit.record(tx, { ...note(viewer, after, 'product.changed'), ...changedFields(before, after) });
      return after;
    },
  };
}

function note(viewer: Viewer, product: Product, action: string) {
  const owner = { vendorId: product.vendorId, teamId: null };
  return { viewer, action, entity: 'product' as const, entityId: product.id, owner };
}
