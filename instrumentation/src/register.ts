import { register } from './index.ts';

register();
