export { productRoutes } from './products-routes.ts';
export { createProductService, type ProductService } from './products-service.ts';
