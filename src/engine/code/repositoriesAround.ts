import type { ConfigFacts } from '../../core/code/configFacts.ts';
import { RepositoryAround } from './repositoryAround.ts';

type Configs = ReadonlyMap<string, ConfigFacts>;

/** The repositories around a workspace's folders: mostly none, one where a package is opened alone. */
export class RepositoriesAround {
  readonly #around: readonly RepositoryAround[];

  /** @param configs those of the workspace, which name what is read around it */
  static of(folders: readonly string[], configs: Configs): RepositoriesAround {
    const around = folders.flatMap((folder) => RepositoryAround.of(folder, folders) ?? []);
    for (const one of around) one.follow(configs);
    return new RepositoriesAround(around);
  }

  constructor(around: readonly RepositoryAround[] = []) {
    this.#around = around;
  }

  get isEmpty(): boolean {
    return this.#around.length === 0;
  }

  /** Whether one of them has this source file, outside the workspace. */
  has(path: string): boolean {
    return this.#around.some((one) => one.has(path));
  }

  /** All that was read, by path. */
  get configs(): readonly (readonly [string, ConfigFacts])[] {
    return this.#around.flatMap((one) => [...one.configs]);
  }

  /** The workspace's configurations, and what is read around it of how files are found and which models there are. */
  linkedWith(configs: Configs): Configs {
    if (this.isEmpty) return configs;
    const around = this.configs.filter(([, { kind }]) => kind === 'tsconfig' || kind === 'schema');
    return new Map([...around, ...configs]);
  }

  /** @param imported files around the workspace that its code imports @param configs those of the workspace */
  readSchemas(imported: ReadonlySet<string>, configs: Configs): void {
    if (this.isEmpty) return;
    for (const one of this.#around) one.readSchemas(imported, false);
    const isKnown = [...this.linkedWith(configs).values()].some(({ kind }) => kind === 'schema');
    if (!isKnown) for (const one of this.#around) one.readSchemas(imported, true);
  }
}
