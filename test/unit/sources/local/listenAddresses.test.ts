import assert from 'node:assert/strict';
import {
  endpointAt,
  otherMachinesHost,
  readHostSetting,
} from '../../../../src/sources/local/listenAddresses.ts';

describe('the address to listen at', () => {
  it('is none beside loopback, where the setting names loopback or nothing', () => {
    for (const text of ['127.0.0.1', ' 127.0.0.1 ', 'localhost', 'LOCALHOST', '::1', '[::1]', ''])
      assert.deepEqual(readHostSetting(text), { kind: 'none' }, text);
  });

  it('is every address or one, with brackets or without', () => {
    assert.deepEqual(readHostSetting('0.0.0.0'), { kind: 'every', host: '0.0.0.0' });
    assert.deepEqual(readHostSetting('[::]'), { kind: 'every', host: '::' });
    assert.deepEqual(readHostSetting('172.17.0.1'), { kind: 'one', host: '172.17.0.1' });
    assert.deepEqual(readHostSetting('[fd00::2]'), { kind: 'one', host: 'fd00::2' });
  });

  it('is no name, port, network or URL', () => {
    for (const text of [
      'docker0',
      '0.0.0.0:4318',
      '172.17.0.0/16',
      'http://0.0.0.0',
      '*',
      '256.1.1.1',
    ])
      assert.deepEqual(readHostSetting(text), { kind: 'invalid', text });
  });

  it('is written as other machines reach it', () => {
    assert.equal(endpointAt('172.17.0.1', 4318), 'http://172.17.0.1:4318');
    assert.equal(endpointAt('fd00::2', 4318), 'http://[fd00::2]:4318');
    assert.equal(otherMachinesHost('172.17.0.1'), '172.17.0.1');
    for (const text of ['127.0.0.1', 'docker0']) assert.equal(otherMachinesHost(text), undefined);
    assert.notEqual(otherMachinesHost('0.0.0.0'), '127.0.0.1');
  });
});
