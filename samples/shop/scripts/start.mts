import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShop } from './shop.mts';

const port = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const ratesUrl = process.env['RATES_URL'];

const shop = await startShop({
  dataFolder: process.env['SHOP_DATA'] ?? join(fileURLToPath(import.meta.url), '..', '..', 'data'),
  ports: {
    shop: port('SHOP_PORT', 3000),
    pricing: port('PRICING_PORT', 3001),
    taxAuthority: port('TAX_AUTHORITY_PORT', 3002),
  },
  env: {},
  ...(ratesUrl === undefined ? {} : { rates: { url: ratesUrl } }),
  log: console.log,
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void shop.stop());
await shop.ended;
await shop.stop();
