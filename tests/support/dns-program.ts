// Run as a program: name servers at the addresses that its argument names, as JSON: what each says of which name.
import { type DnsZone, dnsStub } from './dns-stub.ts';

const servers: Readonly<Record<string, Readonly<Record<string, DnsZone>>>> = JSON.parse(process.argv[2] ?? '{}');
for (const [address, zones] of Object.entries(servers)) await dnsStub({ address, port: 53, zones });
console.log(JSON.stringify({ pid: process.pid }));
