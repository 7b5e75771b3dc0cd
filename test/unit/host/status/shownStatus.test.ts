import assert from 'node:assert/strict';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { shownStatus, type StatusParts } from '../../../../src/host/status/shownStatus.ts';

const well: StatusParts = {
  name: 'Local traces',
  source: undefined,
  windowMinutes: 60,
  figures: {
    answer: undefined,
    readAt: epochMicroseconds(1),
    error: undefined,
    busy: false,
    sampling: false,
    sample: undefined,
    asked: false,
    cancelled: false,
    pausedUntil: undefined,
  },
  receiver: { kind: 'listening', port: 4318 },
  indexing: undefined,
  isLong: false,
};

describe('the item in the status bar', () => {
  it('names source and time range while all is well', () => {
    const { icon, text, warns, lines } = shownStatus(well);
    assert.deepEqual([icon, text, warns], ['pulse', 'Local traces · 1 h', false]);
    assert.deepEqual(lines, ['Receiving OTLP at http://127.0.0.1:4318.']);
  });

  it('says first what is wrong: a failed reading before a receiver that fails', () => {
    const source = {
      kind: 'local',
      label: 'Local traces',
      capabilities: {
        completeFigures: true,
        searchAllServices: true,
        searchSlowest: true,
        listsCheaply: true,
        limitations: [],
      },
    } as const;
    const receiver = { kind: 'failed', message: 'No space. Free up some.' } as const;
    const failing = shownStatus({ ...well, source, receiver });
    assert.equal(failing.text, 'Local traces: not receiving');
    assert.equal(failing.lines[0], 'No space. Free up some.');
    const error = new SourceError('failed', 'It is damaged.');
    const both = shownStatus({ ...well, source, receiver, figures: { ...well.figures, error } });
    assert.equal(both.text, 'Local traces: error');
    assert.deepEqual(both.lines.slice(0, 2), ['It is damaged.', 'No space. Free up some.']);
  });
});
