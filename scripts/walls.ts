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
 * Folder, what it may not import (`!`: but this it may), and where that need belongs (docs/architecture.md draws it). ESLint
 * and esbuild read this table; the tsconfig of each folder is the third wall. Patterns are gitignore's.
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
