import { builtinModules } from 'node:module';

const node = 'node:*';

export interface Wall {
  /** From the checkout, without a slash at its end. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly mayNot: readonly string[];
  readonly message: string;
}

/**
 * Folder, what it may not import (`!`: but this it may), and where that need belongs (docs/architecture.md draws it). A
 * folder has the walls of those around it as well. ESLint and esbuild read this table; the tsconfig of each outer folder is
 * the third wall. Patterns are gitignore's.
 */
export const walls: readonly Wall[] = [
  {
    folder: 'src/core',
    files: ['src/core/**/*.ts'],
    mayNot: [
      'vscode',
      node,
      '**/sources/**',
      '**/protocol/**',
      '**/engine/**',
      '**/host/**',
      '**/cli/**',
      '**/media/**',
      '**/instrumentation/**',
    ],
    message:
      'core is pure: name the need in core/ports.ts; a source, the engine or the host supplies it.',
  },
  {
    folder: 'src/core/base',
    files: ['src/core/base/**/*.ts'],
    mayNot: [
      '**/trace/**',
      '**/waterfall/**',
      '**/code/**',
      '**/matching/**',
      '**/correlate/**',
      '**/explain/**',
    ],
    message: 'base knows nothing of traces and code: put it where it is used.',
  },
  {
    folder: 'src/core/trace',
    files: ['src/core/trace/**/*.ts'],
    mayNot: ['**/waterfall/**', '**/code/**', '**/matching/**', '**/correlate/**', '**/explain/**'],
    message: 'a trace knows no code: what needs both stands in core/matching or core/correlate.',
  },
  {
    folder: 'src/core/waterfall',
    files: ['src/core/waterfall/**/*.ts'],
    mayNot: ['**/code/**', '**/matching/**', '**/correlate/**', '**/explain/**'],
    message: 'the page shares these rows: what needs code or matches is worked out in the engine.',
  },
  {
    folder: 'src/core/code',
    files: ['src/core/code/**/*.ts'],
    mayNot: [
      '**/trace/**',
      '**/waterfall/**',
      '**/matching/**',
      '**/correlate/**',
      '**/explain/**',
    ],
    message: 'code knows no spans: what needs both stands in core/matching.',
  },
  {
    folder: 'src/core/code/language',
    files: ['src/core/code/language/**/*.ts'],
    mayNot: ['**/nest/**', '**/calls/**'],
    message: 'language knows no framework and no library: these give it what they know of.',
  },
  {
    folder: 'src/core/code/nest',
    files: ['src/core/code/nest/**/*.ts'],
    mayNot: ['**/calls/**'],
    message: 'nest knows no library: calls are found from its handlers on, by core/code/calls.',
  },
  {
    folder: 'src/core/matching',
    files: ['src/core/matching/**/*.ts'],
    mayNot: ['**/waterfall/**', '**/correlate/**', '**/explain/**'],
    message: 'matching knows one trace and the code: what sums over many stands in core/correlate.',
  },
  {
    folder: 'src/core/explain',
    files: ['src/core/explain/**/*.ts'],
    mayNot: ['**/waterfall/**', '**/correlate/**'],
    message: 'explain knows mapped traces: figures and rows meet it in the engine.',
  },
  {
    folder: 'src/core/correlate',
    files: ['src/core/correlate/**/*.ts'],
    mayNot: ['**/waterfall/**'],
    message: 'figures know no rows of the page: the engine brings both together.',
  },
  {
    folder: 'src/protocol',
    files: ['src/protocol/**/*.ts'],
    mayNot: [
      'vscode',
      node,
      '**/sources/**',
      '**/engine/**',
      '**/host/**',
      '**/cli/**',
      '**/media/**',
      '**/instrumentation/**',
    ],
    message: 'protocol knows core only: it is spoken by host, page and workers alike.',
  },
  {
    folder: 'src/sources',
    files: ['src/sources/**/*.ts'],
    mayNot: [
      'vscode',
      '**/protocol/**',
      '**/engine/**',
      '**/host/**',
      '**/cli/**',
      '**/media/**',
      '**/instrumentation/**',
    ],
    message: 'a source knows core only: settings and secrets reach it through its constructor.',
  },
  {
    folder: 'src/engine',
    files: ['src/engine/**/*.ts'],
    mayNot: ['vscode', '**/host/**', '**/cli/**', '**/media/**', '**/instrumentation/**'],
    message:
      'the engine runs without an editor: what it needs of one reaches it through its methods.',
  },
  {
    folder: 'src/cli',
    files: ['src/cli/**/*.ts'],
    mayNot: ['vscode', '**/host/**', '**/media/**', '**/instrumentation/**'],
    message: 'the command line runs without an editor: share code through the engine or core.',
  },
  {
    folder: 'src/host',
    files: ['src/host/**/*.ts'],
    mayNot: [
      '**/cli/**',
      '**/media/**',
      '**/sources/**',
      '!**/sources/registry.ts',
      '!**/sources/sourceDescriptor.ts',
      '**/instrumentation/**',
    ],
    message:
      'the host is a thin shell: ask the engine (src/engine/methods.ts), a descriptor or the page protocol.',
  },
  {
    folder: 'media',
    files: ['media/**/*.{ts,tsx}'],
    mayNot: [
      'vscode',
      node,
      '**/sources/**',
      '**/engine/**',
      '**/host/**',
      '**/cli/**',
      '**/core/code/**',
      '**/core/matching/**',
      '**/core/correlate/**',
      '**/core/explain/**',
      '**/instrumentation/**',
    ],
    message:
      'the page knows core/base, core/trace, core/waterfall and the protocol only: ask the host by a message.',
  },
  {
    folder: 'instrumentation',
    files: ['instrumentation/**/*.ts'],
    mayNot: [
      'vscode',
      '**/core/**',
      '**/sources/**',
      '**/protocol/**',
      '**/engine/**',
      '**/host/**',
      '**/cli/**',
      '**/media/**',
    ],
    message: 'instrumentation runs inside applications: it shares nothing with the extension.',
  },
];

/** Node's own modules by the names without `node:`, where a wall keeps Node out. */
export const bareNodeModules = (wall: Wall): readonly string[] =>
  wall.mayNot.includes(node) ? builtinModules.filter((name) => !name.startsWith('_')) : [];

/** The walls that a file has, the outermost folder's first. */
export const wallsAround = (path: string): readonly Wall[] =>
  walls.filter(({ folder }) => path.startsWith(`${folder}/`));
