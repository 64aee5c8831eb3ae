import * as z from 'zod/mini';

// The tailscale CLI's JSON, "subject to change": every field but the state may be missing or null, others may be added.
// Sources: ipn/ipnstate/ipnstate.go and ipn/serve.go of tailscale 1.103.

const texts = z.nullish(z.array(z.string()));

/** `tailscale status --json`, as far as we read it. Printed with exit code 0 also when stopped or logged out. */
export const statusSchema = z.object({
  BackendState: z.string(),
  Version: z.nullish(z.string()),
  TailscaleIPs: texts,
  Self: z.nullish(
    z.object({
      /** Ends with a dot. */
      DNSName: z.nullish(z.string()),
      /** Connected to the coordination server, which is not the same as reachable. */
      Online: z.nullish(z.boolean()),
      /** RFC 3339; absent when the key does not expire. */
      KeyExpiry: z.nullish(z.string()),
    }),
  ),
  CurrentTailnet: z.nullish(z.object({ MagicDNSEnabled: z.nullish(z.boolean()) })),
  /** Not empty when the tailnet may have certificates. */
  CertDomains: texts,
  /** Sentences for people. */
  Health: texts,
});

const web = z.nullish(
  z.record(
    z.string(), // host:port
    z.object({ Handlers: z.nullish(z.record(z.string(), z.nullish(z.object({ Proxy: z.nullish(z.string()) })))) }),
  ),
);
const serving = {
  /** By port. */
  TCP: z.nullish(z.record(z.string(), z.nullish(z.object({ HTTPS: z.nullish(z.boolean()) })))),
  Web: web,
  /** By host:port. */
  AllowFunnel: z.nullish(z.record(z.string(), z.boolean())),
};
const serveConfigSchema = z.object(serving);
export type ServeConfig = z.infer<typeof serveConfigSchema>;

/** `tailscale serve status --json`: `null` or `{}` when nothing is served. `Foreground` holds what a running command serves. */
export const serveSchema = z.nullable(
  z.object({ ...serving, Foreground: z.nullish(z.record(z.string(), z.nullish(serveConfigSchema))) }),
);
