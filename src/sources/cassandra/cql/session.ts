import { SourceError } from '../../../core/base/sourceError.ts';
import { askedOf, connect, defaultFetchSize, type Connection } from './connection.ts';
import { readContactPoint, type ContactPoint } from './contactPoint.ts';
import type { Asked } from './asked.ts';
import { cqlError, isConnectionLost, isUnanswered, noAnswer, noConnection } from './cqlError.ts';
import { loadDriver, type Driver } from './driver.ts';
import { closeClient } from './driverInside.ts';
import type { CqlOptions } from './options.ts';
import { readRows, type CqlRow, type CqlValue, type Page, type RowsOptions } from './rows.ts';
import type { CqlServer } from './server.ts';
import { Turns } from './turns.ts';
import { untilAborted } from './untilAborted.ts';

/** What was asked of the cluster since the session was opened. */
interface CqlTotals {
  /** Pages count each. */
  readonly queries: number;
  readonly rows: number;
  /** Of answers, on the wire. */
  readonly bytes: number;
}

/** Read-only questions to one cluster. */
export interface CqlSession {
  /** The contact points: `db-1:9042, db-2:9042`. */
  readonly shown: string;
  readonly totals: CqlTotals;
  /** Connects if it isn't. */
  server(signal: AbortSignal): Promise<CqlServer>;
  /**
   * The rows of a SELECT on the keyspace's tables (named without it), all pages.
   * Iterating throws SourceError, or `AbortError` once `signal` aborts.
   */
  rows(
    query: string,
    parameters: readonly CqlValue[],
    options: RowsOptions,
  ): AsyncGenerator<CqlRow, void>;
  /** Closes sockets and timers; what is under way ends with an `AbortError`. */
  close(): Promise<void>;
}

/** Questions under way at once: enough to hide the network, few enough for a cluster that others use. */
const questionsAtOnce = 4;
/** An editor that asks nothing keeps no connection. */
const idleMs = 120_000;

/**
 * Opens a session; it connects with the first question, again after the connection is lost, and lets it go
 * when nothing is asked for a while.
 * @throws SourceError `rejected` when a contact point isn't one
 */
export function openCql(options: CqlOptions): CqlSession {
  return new Session(options);
}

class Session implements CqlSession {
  readonly shown: string;
  readonly totals = { queries: 0, rows: 0, bytes: 0 };
  readonly #options: CqlOptions;
  #points: readonly ContactPoint[];
  readonly #turns = new Turns(questionsAtOnce);
  readonly #closed = new AbortController();
  readonly #received = new WeakMap<object, number>();
  readonly #closing = new Set<Promise<void>>();
  #connecting: Promise<Connection> | undefined;
  #connection: Connection | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** When the node was last heard of: `performance.now()`. */
  #heardAt = 0;

  constructor(options: CqlOptions) {
    this.#options = options;
    this.#points = shuffled(options.contactPoints.map(readContactPoint));
    if (this.#points.length === 0) readContactPoint('');
    this.shown = options.contactPoints.map((point) => readContactPoint(point).shown).join(', ');
  }

  async server(signal: AbortSignal): Promise<CqlServer> {
    return (await this.#connected(signal)).server;
  }

  rows(
    query: string,
    parameters: readonly CqlValue[],
    { signal, fetchSize = defaultFetchSize }: RowsOptions,
  ): AsyncGenerator<CqlRow, void> {
    const either = AbortSignal.any([signal, this.#closed.signal]);
    return readRows(
      (at, leftMs) => this.#page({ query, parameters, fetchSize, at, leftMs }, either),
      { ...this.#options, shown: this.shown },
      () => new SourceError('timedOut', noAnswer(this.#asked())),
    );
  }

  async close(): Promise<void> {
    this.#closed.abort();
    const connecting = this.#connecting;
    this.#connecting = undefined;
    clearTimeout(this.#idle);
    await connecting?.then((connection) => this.#close(connection)).catch(() => undefined);
    await Promise.all(this.#closing);
  }

  /** One page; asked once more on a new connection where the one there was is gone. */
  async #page(question: Question, signal: AbortSignal): Promise<Page> {
    for (let isSecond = false; ; isSecond = true) {
      const connection = await this.#connected(signal);
      try {
        return await untilAborted(
          this.#turns.take(signal, () => this.#ask(connection, question)),
          signal,
        );
      } catch (error) {
        signal.throwIfAborted();
        const isLost = isConnectionLost(error);
        if (isLost) this.#drop(connection);
        // Dropped for its silence: a new one tells whether the node is there at all.
        else if (isUnanswered(error) && this.#connection !== connection)
          await this.#connected(signal);
        if (!isLost || isSecond) throw cqlError(error, this.#asked(connection.server));
      }
    }
  }

  async #ask(connection: Connection, question: Question): Promise<Page> {
    const { query, fetchSize, at, leftMs } = question;
    const started = performance.now();
    // An array of its own: the driver hands it on to who is told the size of the answer.
    const parameters = [...question.parameters];
    const text =
      query + (connection.server.product === 'ScyllaDB' ? scyllaSuffix(this.#options) : '');
    let result: Driver.types.ResultSet;
    try {
      result = await connection.client.execute(text, parameters, {
        fetchSize,
        readTimeout: Math.ceil(leftMs),
        ...(at !== undefined && { pageState: at }),
      });
    } catch (error) {
      if (isUnanswered(error) && this.#heardAt < started) this.#drop(connection);
      throw error;
    }
    this.#heardAt = performance.now();
    const bytes = this.#received.get(parameters) ?? 0;
    this.totals.queries += 1;
    this.totals.rows += result.rows.length;
    this.totals.bytes += bytes;
    this.#idle?.refresh();
    const milliseconds = performance.now() - started;
    return { rows: result.rows, next: result.pageState || undefined, milliseconds, bytes };
  }

  async #connected(signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    this.#closed.signal.throwIfAborted();
    this.#connecting ??= this.#connect();
    return untilAborted(this.#connecting, AbortSignal.any([signal, this.#closed.signal]));
  }

  #connect(): Promise<Connection> {
    const connecting = this.#openConnection();
    connecting.then(
      (connection) => {
        this.#connection = connection;
        this.#points = firstOf(this.#points, connection.server.shown);
        connection.client.once('hostDown', () => this.#drop(connection));
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => this.#drop(connection), idleMs).unref();
      },
      () => {
        if (this.#connecting === connecting) this.#connecting = undefined;
      },
    );
    return connecting;
  }

  async #openConnection(): Promise<Connection> {
    const late = AbortSignal.timeout(this.#options.timeoutMs);
    const signal = AbortSignal.any([late, this.#closed.signal]);
    const onBytes = (parameters: unknown, bytes: number) => {
      if (typeof parameters === 'object' && parameters !== null)
        this.#received.set(parameters, bytes);
    };
    const opening = connect(await loadDriver(), this.#options, this.#points, onBytes, signal);
    try {
      return await untilAborted(opening, signal);
    } catch (error) {
      this.#closed.signal.throwIfAborted();
      throw late.aborted ? new SourceError('unreachable', noConnection(this.#asked())) : error;
    }
  }

  #drop(connection: Connection): void {
    if (this.#connection === connection) {
      this.#connection = undefined;
      this.#connecting = undefined;
    }
    void this.#close(connection);
  }

  #close({ client }: Connection): Promise<void> {
    const closing = closeClient(client);
    this.#closing.add(closing);
    return closing.finally(() => this.#closing.delete(closing));
  }

  #asked(server?: CqlServer): Asked {
    const asked = askedOf(this.#options, { host: '', port: 0, shown: this.shown });
    return server === undefined ? asked : { ...asked, ...server };
  }
}

interface Question {
  readonly query: string;
  readonly parameters: readonly CqlValue[];
  readonly fetchSize: number;
  readonly at: string | undefined;
  readonly leftMs: number;
}

/**
 * ScyllaDB only: rows of the past don't push what the service needs out of its cache, and the server stops
 * reading when nobody waits any more.
 */
const scyllaSuffix = ({ timeoutMs }: CqlOptions): string =>
  ` BYPASS CACHE USING TIMEOUT ${String(Math.max(1, Math.ceil(timeoutMs / 1_000)))}s`;

/** In random order, so that the editors of a team spread over the nodes. */
function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const firstOf = (points: readonly ContactPoint[], shown: string): readonly ContactPoint[] =>
  points.toSorted((a, b) => Number(b.shown === shown) - Number(a.shown === shown));
