import assert from 'node:assert/strict';
import { readCompose } from '../../../../../src/core/code/config/compose.ts';
import { readYaml } from '../../../../../src/core/code/config/yaml.ts';

/** As `name context serviceName`. */
const read = (text: string) =>
  readCompose(text).map((one) => `${one.name} ${one.context ?? '-'} ${one.serviceName}`);
const one = (service: string) => read(`services:\n  api:\n    ${service}\n`);

describe('services of a compose file', () => {
  it('have their name in the environment, as a list or a mapping, in block or flow style', () => {
    assert.deepEqual(one('environment:\n      - PORT=1\n      - OTEL_SERVICE_NAME=shop'), [
      'api - shop',
    ]);
    assert.deepEqual(one('environment:\n      OTEL_SERVICE_NAME: "shop" # ours'), ['api - shop']);
    assert.deepEqual(one('environment: { PORT: 1, OTEL_SERVICE_NAME: shop }'), ['api - shop']);
    assert.deepEqual(one("environment: ['OTEL_SERVICE_NAME=shop']"), ['api - shop']);
    assert.deepEqual(one('command: sh -c "OTEL_SERVICE_NAME=shop node main.js"'), ['api - shop']);
    assert.deepEqual(one('image: shop # OTEL_SERVICE_NAME=shop'), []);
  });

  it('have their build folder, in short or long form', () => {
    const environment = 'environment: [OTEL_SERVICE_NAME=shop]';
    assert.deepEqual(one(`build: ./apps/api\n    ${environment}`), ['api ./apps/api shop']);
    assert.deepEqual(one(`build: { context: ./a b, target: x }\n    ${environment}`), [
      'api ./a b shop',
    ]);
    assert.deepEqual(one(`build:\n      target: x\n      context: ../a\n    ${environment}`), [
      'api ../a shop',
    ]);
  });

  it('have what they take over from an anchor, and what they set themselves before it', () => {
    const text = `x-env: &env
  OTEL_SERVICE_NAME: shop
x-app: &app
  build: ./app
services:
  a:
    <<: *app
    environment: *env
  b:
    environment:
      <<: [*env]
      OTEL_SERVICE_NAME: own
  c:
    image: none
`;
    assert.deepEqual(read(text), ['a ./app shop', 'b - own']);
  });

  it('are read with Windows’ line ends, a byte order mark and keys of no service', () => {
    const text =
      '\uFEFFservices:\r\n  api:\r\n    environment:\r\n      OTEL_SERVICE_NAME: shop\r\n';
    assert.deepEqual(read(text), ['api - shop']);
    assert.deepEqual(read('volumes:\n  api:\n    environment: {OTEL_SERVICE_NAME: x}\n'), []);
    assert.deepEqual(read('services: [a, b]'), []);
    assert.deepEqual(read('services:\n  a:\n  b: 1\n  c: [x]\n  ? [d]\n  : 1\n'), []);
    assert.deepEqual(read(''), []);
  });

  it('are read before and behind what is half typed', () => {
    const text = (middle: string) =>
      `services:\n  a:\n    environment:\n      OTEL_SERVICE_NAME: a\n  m:\n    ${middle}\n  b:\n    environment:\n      - OTEL_SERVICE_NAME=b\n`;
    for (const middle of ['environment:\n      - ', 'bui', '<<: *', 'image: "x" y'])
      assert.deepEqual(read(text(middle)), ['a - a', 'b - b'], middle);
  });
});

describe('hostile YAML', () => {
  const aliases = Array.from({ length: 12 }, (_, level) => {
    const inner = level === 0 ? 'x' : `*a${String(level - 1)}`;
    return `a${String(level)}: &a${String(level)} [${Array(9).fill(inner).join(', ')}]`;
  });
  for (const [what, text] of [
    ['aliases of aliases', aliases.join('\n')],
    ['nested lists', '['.repeat(200)],
    ['nested keys', '? '.repeat(200)],
    ['nested dashes', '- '.repeat(200)],
    ['an alias of itself', 'a: &a [*a]'],
    ['an alias without an anchor', 'a: *b'],
    ['more than is read', `a: ${'x'.repeat(100_000)}`],
  ] as const) {
    it(`ends, with what can be read or nothing: ${what}`, () => {
      readYaml(text);
      assert.deepEqual(read(text), []);
    });
  }
});
