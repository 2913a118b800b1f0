import type { ListImport } from '../../campaigns/lists/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Ids } from '../../platform/ids/index.ts';
import type { ListLoader } from '../../server/http/index.ts';

/** Writes imports down, and never runs them. */
export class FakeLoader implements ListLoader {
  readonly started: Parameters<ListLoader['start']>[1][] = [];
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor(ids: Ids, clock: Clock) {
    this.#ids = ids;
    this.#clock = clock;
  }

  async start(tx: Tx, request: Parameters<ListLoader['start']>[1]): Promise<ListImport> {
    this.started.push(request);
    const id = this.#ids.next();
    await tx.knex('list_imports').insert({
      id,
      list_id: request.listId,
      file_id: request.file.key,
      file_name: request.fileName,
      sha256: request.file.sha256,
      options: JSON.stringify(request.options),
      state: 'pending',
      created_at: this.#clock.now(),
    });
    return {
      id,
      listId: request.listId,
      fileName: request.fileName,
      state: 'pending',
      rowsRead: 0,
      rowsTotal: null,
      accepted: 0,
      duplicates: 0,
      doNotCall: 0,
      rejected: 0,
      hasRejectsFile: false,
      errorCode: null,
      createdAt: this.#clock.now(),
      startedAt: null,
      finishedAt: null,
    };
  }
}
