import type { Server } from 'node:http';
import { message } from '../../core/base/message.ts';
import { close, errorCode, listen } from './listen.ts';
import { ownAddresses, type FurtherAddress } from './listenAddresses.ts';

export interface ListenersOptions {
  readonly further: FurtherAddress;
  /** 0: any free one. */
  readonly port: number;
  readonly newServer: () => Server;
  readonly warn: (text: string) => void;
}

const ipv4Loopback = '127.0.0.1';
const ipv6Loopback = '::1';

/** The servers of one port: on loopback always, where services of this machine send, and at a further address. */
export class Listeners {
  readonly #options: ListenersOptions;
  readonly #servers: Server[] = [];
  #port: number;
  #host: string | undefined;
  #problem: string | undefined;

  private constructor(options: ListenersOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** Rejects with the system's error (`EADDRINUSE`) when not even loopback can be had. */
  static async open(options: ListenersOptions): Promise<Listeners> {
    const { further } = options;
    const opened = new Listeners(options);
    if (further.kind === 'every') await opened.#listenEverywhere(further.host);
    else await opened.#listenHere();
    if (further.kind === 'invalid') opened.#problem = invalidAddress(further.text);
    await opened.complete();
    return opened;
  }

  get port(): number {
    return this.#port;
  }
  /** The further address that is listened at; undefined: only programs of this machine are heard. */
  get host(): string | undefined {
    return this.#host;
  }
  /** Why the further address is not listened at, and what to do; undefined when it is, or none is wanted. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Listens at the further address where that failed before: networks come and go. */
  async complete(): Promise<void> {
    const { further } = this.#options;
    if (further.kind !== 'one' || this.#host !== undefined) return;
    try {
      await this.#listenAt(further.host);
      this.#host = further.host;
      this.#problem = undefined;
    } catch (error) {
      this.#problem = notHad(further.host, this.#port, error);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.splice(0).map(close));
  }

  async #listenHere(): Promise<void> {
    this.#port = await this.#listenAt(ipv4Loopback);
    await this.#listenAtIpv6Loopback();
  }

  async #listenEverywhere(host: '0.0.0.0' | '::'): Promise<void> {
    try {
      this.#port = await this.#listenAt(host);
    } catch (error) {
      if (!['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(errorCode(error))) throw error;
      await this.#listenHere();
      this.#problem = notHad(host, this.#port, error);
      return;
    }
    this.#host = host;
    // The system gives `::` the addresses of IPv4 too.
    if (host === '0.0.0.0') await this.#listenAtIpv6Loopback();
  }

  /** `localhost` is ::1 first for older Nodes; a machine without it has nothing to send there. */
  async #listenAtIpv6Loopback(): Promise<void> {
    try {
      await this.#listenAt(ipv6Loopback);
    } catch (error) {
      this.#options.warn(`not listening on [::1]:${this.#port} (${errorCode(error)})`);
    }
  }

  async #listenAt(host: string): Promise<number> {
    const server = this.#options.newServer();
    const port = await listen(server, host, this.#port);
    this.#servers.push(server);
    return port;
  }
}

const invalidAddress = (text: string): string =>
  message(
    "Not receiving spans from containers and other machines: {0} isn't an IP address. Set spanhop.localStore.host to an address of this machine ({1}), or 0.0.0.0 for all.",
    text,
    choices(),
  );

function notHad(host: string, port: number, error: unknown): string {
  if (errorCode(error) === 'EADDRINUSE')
    return message(
      'Not receiving spans at {0}: another program uses port {1}. Stop it, or change spanhop.localStore.port.',
      host,
      port,
    );
  return message(
    'Not receiving spans at {0}: this machine has no such address ({2}). Set spanhop.localStore.host to one of its addresses ({1}).',
    host,
    choices(),
    errorCode(error),
  );
}

const choices = (): string => ownAddresses().join(', ') || ipv4Loopback;
