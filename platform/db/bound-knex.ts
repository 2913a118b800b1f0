import type { Knex } from 'knex';

/** Knex as it is, but everything it runs goes to the given connection. */
export function boundKnex(knex: Knex, connection: unknown): Knex {
  return new Proxy(knex, {
    apply: (target, _self, args: [string]) => target(...args).connection(connection),
    get(target, name, receiver) {
      if (name === 'raw')
        return (...args: Parameters<Knex['raw']>) => target.raw(...args).connection(connection);
      return Reflect.get(target, name, receiver);
    },
  });
}
