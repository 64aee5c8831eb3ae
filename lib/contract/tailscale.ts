import * as z from 'zod/mini';

// The tailscale CLI's JSON, "subject to change": every field but the state may be missing or null, others may be added.
// Sources: ipn/ipnstate/ipnstate.go, ipn/serve.go and tailcfg/tailcfg.go of tailscale 1.103.

const text = z.nullish(z.string());
const flag = z.nullish(z.boolean());
const texts = z.nullish(z.array(z.string()));
const byName = <Schema extends z.ZodMiniType>(schema: Schema) => z.nullish(z.record(z.string(), z.nullish(schema)));

/**
 * `tailscale status --json --peers=false`, as far as we read it. Printed with exit code 0 also when stopped or logged out. Its
 * `User` is null without the peers, so whose machine this is must be asked of `whois`. Source: ipn/ipnlocal/local.go.
 */
export const statusSchema = z.object({
  BackendState: z.string(),
  /** False in userspace mode. */
  TUN: flag,
  TailscaleIPs: texts,
  Self: z.nullish(
    z.object({
      /** Ends with a dot. */
      DNSName: text,
      /** Connected to the coordination server, which is not the same as reachable. */
      Online: flag,
      /** RFC 3339; absent when the key does not expire. */
      KeyExpiry: text,
      Expired: flag,
      /** As text where it has more digits than a number keeps. */
      UserID: z.nullish(z.union([z.string(), z.number()])),
      /** A tagged node belongs to no person. */
      Tags: texts,
    }),
  ),
  CurrentTailnet: z.nullish(z.object({ MagicDNSEnabled: flag })),
  /** Not empty when the tailnet may have certificates. */
  CertDomains: texts,
  /** Sentences for people. */
  Health: texts,
});

/** The peers in `tailscale status --json`, by their keys. */
export const peersSchema = z.object({
  Peer: byName(
    z.object({
      /** Ends with a dot. */
      DNSName: text,
      TailscaleIPs: texts,
      Online: flag,
      /** RFC 3339; in the year 1 unless it is offline. */
      LastSeen: text,
      /** The `ip:port` that packets are sent to directly; empty where there is none. */
      CurAddr: text,
      /** The code of its DERP region, also while packets go directly; and a relay among the peers, `ip:port:vni`. */
      Relay: text,
      PeerRelay: text,
      /** Something was sent to it in the last minutes. */
      Active: flag,
    }),
  ),
});

/** `tailscale whois --json <address>`. A tagged node has a profile too, which is no person's. */
export const whoisSchema = z.object({
  /** `Name` ends with a dot. */
  Node: z.nullish(z.object({ Name: text, Tags: texts })),
  UserProfile: z.nullish(z.object({ LoginName: text })),
});

const serving = {
  /** By port. `TCPForward` is `host:port`; with `TerminateTLS` (a name) tailscale ends the encryption before it. */
  TCP: byName(z.object({ HTTPS: flag, HTTP: flag, TCPForward: text, TerminateTLS: text })),
  /** By host:port. */
  Web: byName(z.object({ Handlers: byName(z.object({ Proxy: text, Path: text, Text: text })) })),
  /** By host:port. */
  AllowFunnel: z.nullish(z.record(z.string(), z.boolean())),
};
const serveConfigSchema = z.object(serving);
export type ServeConfig = z.infer<typeof serveConfigSchema>;

/** `tailscale serve status --json`: `null` or `{}` when nothing is served. `Foreground` holds what a running command serves. */
export const serveSchema = z.nullable(z.object({ ...serving, Foreground: byName(serveConfigSchema) }));
