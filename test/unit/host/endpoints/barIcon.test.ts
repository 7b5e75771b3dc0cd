import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import type { CostKind } from '../../../../src/core/explain/costKind.ts';
import { barIcon, kindColors } from '../../../../src/host/endpoints/barIcon.ts';

const widths = (svg: string) =>
  [...svg.matchAll(/width="([\d.]+)" height="5"/g)].map(([, w]) => Number(w));

describe('the bar of a row', () => {
  it('is as long as its share, and never nothing or more than all', () => {
    assert.deepEqual(widths(barIcon(0.5, 'calm')), [16, 8]);
    assert.deepEqual(widths(barIcon(0, 'calm')), [16, 2]);
    assert.deepEqual(widths(barIcon(7, 'slow')), [16, 16]);
  });

  it('differs in shape, not only in color, when requests are slow or fail', () => {
    const shapes = (['calm', 'slow', 'failing'] as const).map((tone) =>
      barIcon(1, tone).replaceAll(/#[0-9a-f]{6}/g, ''),
    );
    assert.equal(new Set(shapes).size, 3);
  });

  it('is split by what time is spent on, in the same order whatever is largest', () => {
    const kinds = [
      { kind: 'code', share: 0.5 },
      { kind: 'http', share: 0.25 },
      { kind: 'database', share: 0.25 },
    ] as const;
    const parts = [
      ...barIcon(1, 'calm', { requests: 3, kinds }).matchAll(
        /M([\d.]+) 7h([\d.]+)v.*?fill="(.*?)"/g,
      ),
    ];
    assert.deepEqual(
      parts.map(([, from, width, color]) => [Number(from), Number(width), color]),
      [
        [0, 4, kindColors.database],
        [4, 4, kindColors.http],
        [8, 8, kindColors.code],
      ],
    );
  });

  it('keeps the mark of a slow or failing row where it is split', () => {
    const kinds = { requests: 1, kinds: [{ kind: 'http', share: 1 }] } as const;
    const [calm, slow, failing] = (['calm', 'slow', 'failing'] as const).map((tone) =>
      barIcon(1, tone, kinds),
    );
    assert.ok(slow!.length > calm!.length && failing!.length > calm!.length);
  });
});

/** sRGB to linear light. */
const linear = (hex: string): readonly number[] =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });

type Rows = readonly (readonly number[])[];
const times = (rows: Rows, of: readonly number[]) =>
  rows.map((row) => row.reduce((sum, value, at) => sum + value * of[at]!, 0));

/** Machado, Oliveira and Fernandes 2009, severity 1.0. */
const sights: Readonly<Record<string, Rows>> = {
  'all colors': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIELAB under D65. */
function lab(hex: string, sight: Rows): readonly number[] {
  const seen = times(sight, linear(hex)).map((value) => Math.min(1, Math.max(0, value)));
  const [x, y, z] = times(
    [
      [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
      [0.2126, 0.7152, 0.0722],
      [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
    ],
    seen,
  ).map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116));
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
}

const luminance = (hex: string) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0]!;
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

describe('the colors of what time is spent on', () => {
  const colors = Object.entries(kindColors) as [CostKind, string][];

  for (const [name, sight] of Object.entries(sights))
    it(`are told from one another with ${name}`, () => {
      for (const [a, one] of colors)
        for (const [b, other] of colors) {
          if (a >= b) continue;
          const [from, to] = [lab(one, sight), lab(other, sight)];
          const distance = Math.hypot(...from.map((value, at) => value - to[at]!));
          assert.ok(distance >= 28, `${a} and ${b}: ${distance.toFixed(1)}`);
        }
    });

  it('stand out on light, dark and high contrast views', () => {
    for (const [kind, color] of colors)
      for (const background of ['#ffffff', '#f8f8f8', '#1f1f1f', '#181818', '#000000'])
        assert.ok(contrast(color, background) >= 2.1, `${kind} on ${background}`);
  });

  it('are the same in the waterfall', () => {
    const file = new URL('../../../../media/waterfall/costs/costs.css', import.meta.url);
    const style = readFileSync(file, 'utf8');
    for (const [kind, color] of colors)
      assert.ok(style.includes(`--kind-${kind}: ${color};`), kind);
  });
});
