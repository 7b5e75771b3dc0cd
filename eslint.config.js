import comments from '@eslint-community/eslint-plugin-eslint-comments';
import tseslint from 'typescript-eslint';

import { bareNodeModules, walls, wallsAround } from './scripts/walls.ts';

/** Imports that `no-restricted-imports` does not see. */
const hiddenImports = [
  'ImportExpression',
  "CallExpression[callee.name='require']",
  "CallExpression[callee.property.name='require']",
  'TSImportType',
  'TSImportEqualsDeclaration',
];
const hostileMarkup =
  'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]';

/** The editor makes links of `[text](command:…)` in what they show. */
const popUps = 'MemberExpression[property.name=/^show(Information|Error)Message$/]';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'instrumentation/dist',
      'out',
      'node_modules',
      'samples',
      'test/fixtures',
      '**/*.cjs',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    plugins: { comments },
    rules: { 'comments/require-description': ['error', { ignore: ['eslint-enable'] }] },
  },
  {
    files: ['**/*.{js,mjs}'],
    rules: { 'no-unused-vars': 'error', 'prefer-const': 'error', eqeqeq: 'error' },
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './media/tsconfig.json', './instrumentation/tsconfig.json'],
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
  ...walls.map((wall) => ({
    files: [...wall.files],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: wallsAround(`${wall.folder}/`).map(({ mayNot, message }) => ({
            group: [...mayNot],
            message,
          })),
          paths: wallsAround(`${wall.folder}/`).flatMap((around) =>
            bareNodeModules(around).map((name) => ({ name, message: around.message })),
          ),
        },
      ],
      'no-restricted-syntax': [
        'error',
        ...hiddenImports.map((selector) => ({ selector, message: wall.message })),
        { selector: hostileMarkup, message: 'Span text is hostile: use textContent.' },
        { selector: popUps, message: 'Span text is hostile: use inform or complain.' },
      ],
    },
  })),
);
