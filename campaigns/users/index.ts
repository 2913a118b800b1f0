export { hashPassword, passwordMatches } from './passwords.ts';
export { userRoutes } from './users-routes.ts';
export {
  LOCALES,
  type Locale,
  localeField,
  loginField,
  type NewUser,
  newUserSchema,
  type User,
  userSchema,
} from './users-schema.ts';
export { createUserService, type UserService, withHash } from './users-service.ts';
export { toUser, type UserRow, userRow, userRowByLogin } from './users-store.ts';
