import { defineRoute, type Route } from '../routes/index.ts';
import {
  newProductSchema,
  productChangeSchema,
  productPage,
  productParams,
  productSchema,
  productsQuery,
} from './products-schema.ts';
import type { ProductService } from './products-service.ts';
import { listProducts } from './products-store.ts';

const tag = 'Products';
const WRITERS = ['admin', 'manager', 'marketer'] as const;

export function productRoutes(products: ProductService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/products',
      roles: ['admin', 'manager', 'marketer', 'agent'],
      tag,
      summary: "The vendor's products",
      query: productsQuery,
      response: productPage,
      handler: ({ queries, viewer, query }) => listProducts(queries, viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/products',
      roles: WRITERS,
      tag,
      summary: 'Add a product',
      creates: true,
      body: newProductSchema,
      example: {
        code: 'FTTH-1000',
        nameEn: 'Fibre 1000',
        nameZh: '千兆宽带',
        priceMinor: 129_900,
        currency: 'CNY',
      },
      response: productSchema,
      handler: ({ transact, viewer, body }) => transact((tx) => products.create(tx, viewer, body)),
    }),
    defineRoute({
      method: 'patch',
      path: '/products/:productId',
      roles: WRITERS,
      tag,
      summary: 'Change a product',
      params: productParams,
      body: productChangeSchema,
      example: { active: false },
      response: productSchema,
      handler: ({ transact, viewer, params, body }) =>
        transact((tx) => products.change(tx, viewer, { productId: params.productId, input: body })),
    }),
  ];
}
