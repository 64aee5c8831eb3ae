import { subscriptionSchema } from '#lib/contract/alerts.ts';
import { alertHouse } from './alert-house.ts';

/**
 * The alerts of a data directory (first argument) whose server is down, and one device whose subscription is the second
 * argument, as JSON; until it is killed.
 */
const [dataDir = '', subscription = ''] = process.argv.slice(2);
const house = await alertHouse({ dataDir });
await house.call('phone', { subscription: subscriptionSchema.parse(JSON.parse(subscription)) });
await house.be('crashed');
setInterval(() => {}, 60_000);
