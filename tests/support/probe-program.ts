// Run as a program: probes the URLs given as arguments one after another and prints the results as JSON.
import { probeHttp } from '#lib/probe/http-probe.ts';
import { osResolver } from '#lib/probe/resolve.ts';

const results = [];
for (const url of process.argv.slice(2)) {
  results.push(await probeHttp({ kind: 'name', url }, { resolve: osResolver() }));
}
console.log(JSON.stringify(results));
