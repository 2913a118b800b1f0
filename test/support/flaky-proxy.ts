import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A TCP way to a service that a test can cut and mend, so that an outage hurts nobody else. */
export class FlakyProxy {
  readonly #target: { host: string; port: number };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cut = false;

  constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = createServer((socket) => this.#connect(socket));
  }

  /** @returns the port to connect to on 127.0.0.1 */
  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    return address.port;
  }

  /** Breaks every connection and takes no new one. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#cut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect(near: Socket): void {
    if (this.#cut) {
      near.destroy();
      return;
    }
    const far = dial(this.#target);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => {}); // a broken connection closes, which is what is wanted
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
