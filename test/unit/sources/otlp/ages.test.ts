import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readOtlpJson } from '../../../../src/sources/otlp/json.ts';
import { arbitraryTraces, toJson } from './wireTraces.ts';

/** Answers the next of the drawn choices, over and over. */
type Choose = <T>(...among: readonly [T, ...T[]]) => T;

function chooser(choices: readonly number[]): Choose {
  let next = 0;
  return (...among) => among[(choices[next++ % choices.length] ?? 0) % among.length] ?? among[0];
}

const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const codes = ['UNSET', 'OK', 'ERROR'];
/** As writers of OTLP JSON have called them at one time or another. */
const otherNames: Readonly<Record<string, readonly [string, ...string[]]>> = {
  resourceSpans: ['resourceSpans', 'resource_spans', 'batches'],
  scopeSpans: [
    'scopeSpans',
    'scope_spans',
    'instrumentationLibrarySpans',
    'instrumentation_library_spans',
  ],
  scope: ['scope', 'instrumentationLibrary', 'instrumentation_library'],
};
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The same traces in another spelling, chosen anew at each place. */
function respelled(value: unknown, choose: Choose, field = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => respelled(entry, choose));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [
        choose(...(otherNames[name] ?? [name, snake(name)])),
        respelled(entry, choose, name),
      ]),
    );
  if (field.endsWith('Id') && typeof value === 'string')
    return choose(value, value.toUpperCase(), Buffer.from(value, 'hex').toString('base64'));
  if (field === 'kind' && typeof value === 'number') return enumText(value, kinds, 'SPAN_KIND_');
  if (field === 'code' && typeof value === 'number') return enumText(value, codes, 'STATUS_CODE_');
  if (field === 'intValue' && Number.isSafeInteger(Number(value)))
    return choose(value, Number(value));
  if (field === 'doubleValue') return choose(value, String(value));
  if (field === 'boolValue') return choose(value, String(value));
  return value;

  function enumText(number: number, names: readonly string[], prefix: string): unknown {
    const name = names[number] ?? '';
    return choose<unknown>(number, String(number), prefix + name, name, name.toLowerCase());
  }
}

const traceId = '5b8efff798038103d269b633813fc60c';
const read = (fields: object) =>
  readOtlpJson({
    resourceSpans: [
      {
        instrumentationLibrarySpans: [
          {
            spans: [
              {
                traceId,
                spanId: 'eee19b7ec3c1b174',
                startTimeUnixNano: '1544712660000000000',
                ...fields,
              },
            ],
          },
        ],
      },
    ],
  }).spans[0]!;
const statusOf = (status: unknown) => read({ status }).status;

describe('OTLP JSON of other ages and writers', function () {
  this.timeout(60_000);
  it('any mixture of spellings of the same spans reads to the same spans', () => {
    fc.assert(
      fc.property(
        arbitraryTraces,
        fc.array(fc.nat(59), { minLength: 1, maxLength: 40 }),
        (traces, choices) => {
          const plain = JSON.parse(JSON.stringify(toJson(traces))) as unknown;
          const other = respelled(plain, chooser(choices));
          assert.deepEqual(readOtlpJson(other), readOtlpJson(plain));
        },
      ),
    );
  });

  it('a status has the code of today, one of gRPC before OTLP 0.6, or both', () => {
    assert.equal(statusOf({ code: 'STATUS_CODE_ERROR' }), 'error');
    assert.equal(statusOf({ code: 'STATUS_CODE_UNKNOWN_ERROR' }), 'error');
    assert.equal(statusOf({ code: 13 }), 'error');
    assert.equal(statusOf({ code: 99 }), 'unset');
    assert.equal(statusOf({ deprecatedCode: 'DEPRECATED_STATUS_CODE_UNKNOWN_ERROR' }), 'error');
    assert.equal(statusOf({ deprecated_code: 2, code: 0 }), 'error');
    assert.equal(statusOf({ deprecatedCode: 2, code: 1 }), 'ok');
    assert.equal(statusOf({ deprecatedCode: 0 }), 'unset');
    assert.equal(statusOf('ERROR'), 'error');
  });

  it('a trace id of 64 bits is padded, in hex and in base64', () => {
    const padded = '0000000000000000d269b633813fc60c';
    assert.equal(read({ traceId: 'D269B633813FC60C' }).traceId, padded);
    assert.equal(read({ traceId: '0mm2M4E/xgw=' }).traceId, padded);
    assert.equal(read({ traceId: '0mm2M4E_xgw' }).traceId, padded);
  });

  it('an attribute may have its value beside the key, and be a field of an object', () => {
    const expected = [
      { key: 'http.method', value: 'GET' },
      { key: 'n', value: 5 },
    ];
    assert.deepEqual(
      read({
        attributes: [
          { key: 'http.method', type: 'STRING', stringValue: 'GET' },
          { key: 'n', type: 'INT', intValue: '5' },
          { key: 'unset', type: 'STRING' },
        ],
      }).attributes,
      [...expected, { key: 'unset', value: '' }],
    );
    assert.deepEqual(read({ attributes: { 'http.method': 'GET', n: 5 } }).attributes, expected);
  });

  it('a time may be the halves of its 64 bits', () => {
    const nanos = 1_544_712_660_000_000_500n;
    const halves = { low: Number(nanos & 0xffffffffn), high: Number(nanos >> 32n) };
    const { start, duration } = read({ startTimeUnixNano: halves, endTimeUnixNano: halves });
    assert.deepEqual([start, duration], [1_544_712_660_000_000.5, 0]);
  });

  it('a time may be RFC 3339, to the nanosecond, or a number as text', () => {
    const span = read({
      startTimeUnixNano: '2018-12-13T15:51:00.000000500+01:00',
      endTimeUnixNano: '1.54471266e18',
    });
    assert.deepEqual([span.start, span.duration], [1_544_712_660_000_000.5, 0]);
  });
});
