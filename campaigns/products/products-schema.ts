import { z } from 'zod';
import { idField, instantField, nameField, pageOf, pageQuery } from '../routes/index.ts';

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ description: 'ISO 4217', example: 'CNY' });
const priceMinor = z.int().min(0).max(1_000_000_000_000).meta({ description: 'In minor units: fen, cents' });
const code = z.string().regex(/^[\w.-]{1,64}$/);

export const productSchema = z
  .object({
    id: idField,
    vendorId: idField,
    code: z.string(),
    nameEn: z.string(),
    nameZh: z.string(),
    priceMinor,
    currency,
    active: z.boolean(),
    createdAt: instantField,
  })
  .meta({ id: 'Product' });
export type Product = z.output<typeof productSchema>;

export const newProductSchema = z.strictObject({
  code,
  nameEn: nameField,
  nameZh: nameField,
  priceMinor,
  currency,
});
export type NewProduct = z.output<typeof newProductSchema>;
export const productChangeSchema = newProductSchema
  .omit({ code: true })
  .extend({ active: z.boolean() })
  .partial();
export type ProductChange = z.output<typeof productChangeSchema>;
export const productsQuery = z.strictObject(pageQuery);
export const productPage = pageOf(productSchema);
export const productParams = z.object({ productId: idField });
