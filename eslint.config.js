import tseslint from 'typescript-eslint';

/** Folder, what it may not import, and where that need belongs. docs/architecture.md draws it. */
const walls = [
  [
    'src/core/**/*.ts',
    [
      'vscode',
      'node:*',
      '**/sources/**',
      '**/protocol/**',
      '**/engine/**',
      '**/host/**',
      '**/cli/**',
      '**/media/**',
    ],
    'core is pure: name the need in core/ports.ts; a source, the engine or the host supplies it.',
  ],
  [
    'src/protocol/**/*.ts',
    ['vscode', 'node:*', '**/sources/**', '**/engine/**', '**/host/**', '**/cli/**', '**/media/**'],
    'protocol knows core only: it is spoken by host, page and workers alike.',
  ],
  [
    'src/sources/**/*.ts',
    ['vscode', '**/protocol/**', '**/engine/**', '**/host/**', '**/cli/**', '**/media/**'],
    'a source knows core only: settings and secrets reach it through its constructor.',
  ],
  [
    'src/engine/**/*.ts',
    ['vscode', '**/host/**', '**/cli/**', '**/media/**'],
    'the engine runs without an editor: what it needs of one reaches it through its methods.',
  ],
  [
    'src/cli/**/*.ts',
    ['vscode', '**/host/**', '**/media/**'],
    'the command line runs without an editor: share code through the engine or core.',
  ],
  [
    'src/host/**/*.ts',
    ['**/cli/**', '**/media/**', '**/sources/*/**'],
    'the host is a thin shell: ask the engine (src/engine/methods.ts) or the page protocol.',
  ],
  [
    'media/**/*.{ts,tsx}',
    [
      'vscode',
      'node:*',
      '**/sources/**',
      '**/engine/**',
      '**/host/**',
      '**/cli/**',
      '**/core/code/**',
    ],
    'the page knows core/base, core/trace, core/waterfall and the protocol only: ask the host by a message.',
  ],
];

const dynamicImports = ['ImportExpression', "CallExpression[callee.name='require']"];
const hostileMarkup =
  'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]';

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', 'samples', 'test/fixtures', '**/*.cjs'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './media/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', 500],
      eqeqeq: 'error',
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  ...walls.map(([files, group, message]) => ({
    files: [files],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group, message }] }],
      'no-restricted-syntax': [
        'error',
        ...dynamicImports.map((selector) => ({ selector, message })),
        { selector: hostileMarkup, message: 'Span text is hostile: use textContent.' },
      ],
    },
  })),
);
