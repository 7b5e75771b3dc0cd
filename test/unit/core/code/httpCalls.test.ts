import assert from 'node:assert/strict';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

/** `GET https://a.b/c 3`: what is asked for and the line, in a file of `@Injectable()` code. */
function requestsOf(code: string, others: Readonly<Record<string, string>> = {}): string[] {
  const text = `import { Injectable } from '@nestjs/common';\n${code}`;
  const { calls } = indexReport(indexFiles({ 'a.ts': text, ...others }), '/ws');
  return calls.map(({ operation, target, line }) => `${operation ?? '?'} ${target ?? '?'} ${line}`);
}

const inService = (body: string, constructor = '') => `@Injectable() export class Api {
  constructor(${constructor}) {}
  ${body}
}`;

describe('HTTP calls in the code', () => {
  const cases: Readonly<Record<string, readonly [code: string, ...requests: string[]]>> = {
    'of HttpService, at the called name': [
      `import { HttpService } from '@nestjs/axios';
${inService(
  'list(id: string) {\n return this.http\n.get<X>(`https://a.b/rates/${encodeURIComponent(id)}`); }',
  'private readonly http: HttpService',
)}`,
      'GET https://a.b/rates/* 7',
    ],
    'of the axios within HttpService': [
      `import { HttpService } from '@nestjs/axios';
${inService('run() { return this.http.axiosRef.post("https://a.b/x", {}); }', 'private http: HttpService')}`,
      'POST https://a.b/x 5',
    ],
    'of axios itself, with a configuration or a method and a URL': [
      `import axios from 'axios';
async function run(id) { await axios({ url: 'https://a.b/x', method: 'put' });
 await axios.request({ url: \`https://a.b/y/\${id}\` }); await axios('https://a.b/z');
 await axios.delete('https://a.b/w?force=1'); axios.isAxiosError(id); }`,
      'PUT https://a.b/x 3',
      'GET https://a.b/y/* 4',
      'GET https://a.b/z 4',
      'DELETE https://a.b/w 5',
    ],
    'of an instance of axios, below its base': [
      `import axios, { AxiosInstance } from 'axios';
${inService(
  "private readonly client: AxiosInstance; private readonly base = 'https://a.b/v1/'; init() { this.client = axios.create({ baseURL: this.base }); }\n one() { return this.client.get('/x'); }\n other() { return this.client.get('https://c.d/y'); }\n root() { return this.client.post(''); }",
)}`,
      'GET https://a.b/v1/x 6',
      'GET https://c.d/y 7',
      'POST https://a.b/v1/ 8',
    ],
    'of a client that is asked for by its class': [
      `import { HttpService } from '@nestjs/axios'; import { ModuleRef } from '@nestjs/core';
${inService("run() { return this.ref.get(HttpService).get('https://a.b/x'); }", 'private ref: ModuleRef')}`,
      'GET https://a.b/x 5',
    ],
    'of what is either a client or a stand-in of the workspace': [
      `import got, { Got } from 'got'; class Fake { get(url: string) {} }
const one = process.env.TEST ? new Fake() : got.extend({ prefixUrl: 'https://a.b' });
const cast = new Fake() as unknown as Got;
export const run = () => { one.get('x'); cast.get('https://c.d/y'); };`,
      'GET https://a.b/x 5',
      'GET https://c.d/y 5',
    ],
    'of a parameter that only its type tells of': [
      `import type { AxiosInstance } from 'axios';
export const run = (client: AxiosInstance) => client.head('/x');`,
      'HEAD /x 3',
    ],
    'of the platform, its method from what it is given': [
      `export async function run(init) { await fetch('https://a.b/x'); await fetch('https://a.b/y', { method: 'POST' });
 await fetch(new URL('/z', 'https://a.b'), init); await globalThis.fetch('https://a.b/w'); }`,
      'GET https://a.b/x 2',
      'POST https://a.b/y 2',
      '? https://a.b/z 3',
      'GET https://a.b/w 3',
    ],
    'of undici, a pool of it below its origin': [
      `import { Pool, request, fetch as send } from 'undici';
const pool = new Pool('https://a.b');
export async function run() { await request('https://a.b/x', { method: 'PATCH' }); await send('https://a.b/y');
 await pool.request({ path: '/z', method: 'DELETE' }); }`,
      'PATCH https://a.b/x 4',
      'GET https://a.b/y 4',
      'DELETE https://a.b/z 5',
    ],
    'of got and ky, extended ones below their prefix': [
      `import got from 'got';
import ky from 'ky';
const api = got.extend({ prefixUrl: 'https://a.b' });
export async function run(isNew) { await got('https://a.b/x', { method: 'POST' }); await api.put('y').json();
 const send = isNew ? got.post : got.put; await send('https://a.b/z'); await ky.get('https://a.b/w').json(); }`,
      'POST https://a.b/x 5',
      'PUT https://a.b/y 5',
      '? https://a.b/z 6',
      'GET https://a.b/w 6',
    ],
    'of superagent and node-fetch': [
      `import superagent from 'superagent';
import nodeFetch from 'node-fetch';
export async function run() { await superagent.del('https://a.b/x').send(); await nodeFetch('https://a.b/y'); }`,
      'DELETE https://a.b/x 4',
      'GET https://a.b/y 4',
    ],
    "of Node's own http and https": [
      `import * as http from 'node:http';
import https from 'https';
export function run(done) { http.get('http://a.b/x', done);
 https.request({ hostname: 'a.b', port: 8443, path: '/y', method: 'POST' }, done).end(); }`,
      'GET http://a.b/x 4',
      'POST https://a.b:8443/y 5',
    ],
    'whose method or URL only the running program knows': [
      `import axios from 'axios';
export const run = (method: 'get', url: string) => axios[method](url);`,
      '? ? 3',
    ],
    'below what an environment file sets': [
      `import axios from 'axios';
${inService('private readonly url = process.env.TAX_URL; run(id) { return axios.get(`${this.url}/rates/${id}`); }')}`,
      'GET http://tax:3002/rates/* 5',
    ],
    'through a class that inherits them': [
      `import { HttpService } from '@nestjs/axios';
class TaxHttp extends HttpService { ping() {} }
${inService('run() { this.tax.ping(); return this.tax.get("/x"); }', 'private readonly tax: TaxHttp')}`,
      'GET /x 6',
    ],
  };
  for (const [name, [code, ...requests]] of Object.entries(cases)) {
    it(`${name} are listed`, () => {
      assert.deepEqual(requestsOf(code, { '.env': 'TAX_URL=http://tax:3002\n' }), requests);
    });
  }

  it("of the team's own wrapper are not listed, the client's call inside it is", () => {
    const wrapper = `import axios from 'axios';
export class Http { get(url: string) { return axios.get(url); } }`;
    const code = `import { Http } from './http';
${inService("run() { return this.http.get('https://a.b/x'); }", 'private readonly http: Http')}`;
    assert.deepEqual(requestsOf(code, { 'http.ts': wrapper }), ['GET ? 2']);
  });

  it('are not those of a Map, a cache, a router, configuration or a function named fetch', () => {
    const code = `import { ConfigService } from '@nestjs/config';
import { fetch } from './own';
const router = new Map();
${inService("run(req, app) { this.config.get('X'); router.get('/x'); req.get('host'); app.get('/y', run); this.fetch('/z'); fetch('/w'); return new Map().delete(1); }\n fetch(url) { return url; }", 'private readonly config: ConfigService')}`;
    assert.deepEqual(requestsOf(code, { 'own.ts': 'export const fetch = (a: string) => a;' }), []);
  });

  it('are reachable from the handler that leads to them, with their loop', () => {
    const index = indexFiles({
      'a.ts': `import { HttpService } from '@nestjs/axios';
export class Tax { constructor(private readonly http: HttpService) {}
  rateOf(country: string) { return this.http.get('/rates/' + country); }
  rates(all: string[]) { return all.map((one) => this.http.get('/rates/' + one)); } }
class C { constructor(private readonly tax: Tax) {}
  get() { return this.tax.rateOf('DE'); }
  list() { return this.tax.rates([]); } }`,
    });
    const reached = (method: string) =>
      index
        .reachableCalls(index.methodsNamed('C', method)[0]!.id)
        .map(({ call, distance }) => `${call.location.line} ${distance} ${call.inLoop}`);
    assert.deepEqual(reached('get'), ['3 1 false']);
    assert.deepEqual(reached('list'), ['4 1 true']);
  });
});
