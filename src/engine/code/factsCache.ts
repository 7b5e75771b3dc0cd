import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { factsVersion, type FileFacts } from '../../core/code/language/facts.ts';
import type { Log } from '../../core/ports.ts';
import { readShard, writeShard } from './factsShard.ts';
import { FileStamps } from './fileStamps.ts';
import { replaceFile } from './replaceFile.ts';
import { yieldNow } from './yieldNow.ts';

/** What is known of a file's content; `facts` undefined: it doesn't mention the frameworks. */
export interface CachedFacts {
  readonly facts: FileFacts | undefined;
}

const shardNames = Array.from({ length: 16 }, (_, digit) => digit.toString(16));

/**
 * Facts on disk, by content, in sixteen files per workspace, so that reading one never blocks for long and
 * an edit rewrites little. Broken or old files count as empty. Without a folder it keeps nothing.
 */
export class FactsCache {
  readonly #folder: string | undefined;
  readonly #log: Log;
  readonly #facts = new Map<string, FileFacts | null>();
  readonly #dirty = new Set<string>();
  #hasWarned = false;
  stamps = FileStamps.fromText(undefined, factsVersion);

  private constructor(folder: string | undefined, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  static async open(folder: string | undefined, log: Log): Promise<FactsCache> {
    const cache = new FactsCache(folder, log);
    await cache.#load();
    return cache;
  }

  /** How many contents are known. */
  get size(): number {
    return this.#facts.size;
  }

  get(key: string): CachedFacts | undefined {
    const facts = this.#facts.get(key);
    return facts === undefined ? undefined : { facts: facts ?? undefined };
  }

  set(key: string, facts: FileFacts | undefined): void {
    this.#facts.set(key, facts ?? null);
    this.#dirty.add(key[0] ?? '');
  }

  /**
   * Forgets what no file has any more and writes what changed, each file as a whole or not at all.
   * @param keys content keys by path.
   * @returns false: the folder can't be written, which the log says once; or there is none.
   */
  async save(keys: ReadonlyMap<string, string>): Promise<boolean> {
    const used = new Set(keys.values());
    for (const key of this.#facts.keys()) {
      if (used.has(key)) continue;
      this.#facts.delete(key);
      this.#dirty.add(key[0] ?? '');
    }
    if (this.#folder === undefined) return false;
    try {
      await mkdir(this.#folder, { recursive: true });
      for (const shard of [...this.#dirty]) {
        await this.#write(this.#folder, shard);
        this.#dirty.delete(shard);
      }
      const stamps = this.stamps.toText(factsVersion, (path) => keys.has(path));
      await replaceFile(join(this.#folder, 'stamps.json'), stamps);
      return true;
    } catch (error) {
      if (!this.#hasWarned)
        this.#log.warn(`The code index could not be cached in ${this.#folder}: ${String(error)}`);
      this.#hasWarned = true;
      return false;
    }
  }

  async #write(folder: string, name: string): Promise<void> {
    const facts = [...this.#facts].filter(([key]) => key.startsWith(name));
    await replaceFile(shardPath(folder, name), writeShard(facts));
    await yieldNow();
  }

  async #load(): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) return;
    const found = await Promise.all(
      shardNames.map((name) => readFile(shardPath(folder, name)).catch(() => undefined)),
    );
    const stamps = await readFile(join(folder, 'stamps.json'), 'utf8').catch(() => undefined);
    this.stamps = FileStamps.fromText(stamps, factsVersion);
    const lost: string[] = [];
    for (const [index, bytes] of found.entries()) {
      if (bytes === undefined) continue;
      const name = shardNames[index] ?? '';
      const shard = readShard(bytes);
      if (shard) {
        for (const [key, facts] of shard) this.#facts.set(key, facts);
        await yieldNow();
      } else {
        lost.push(name);
        this.#dirty.add(name);
      }
    }
    if (lost.length > 0) {
      this.#log.warn(
        `The code index cached in ${folder} is damaged or of another version (${lost.length} of ${shardNames.length} files): they are built again.`,
      );
    }
  }
}

const shardPath = (folder: string, name: string) => join(folder, `${name}.facts`);
