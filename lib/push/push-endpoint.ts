/**
 * The push services of Safari, Chrome and Edge, Firefox, and Windows: https://developer.apple.com/documentation/usernotifications/sending-web-push-notifications-in-web-apps-and-browsers,
 * https://developer.mozilla.org/docs/Web/API/PushSubscription/endpoint
 */
const KNOWN = [
  /^(?:[a-z\d-]+\.)*push\.apple\.com$/,
  /^fcm\.googleapis\.com$/,
  /^(?:[a-z\d-]+\.)+push\.services\.mozilla\.com$/,
  /^(?:[a-z\d-]+\.)+notify\.windows\.com$/,
];

/**
 * Whether an endpoint is of a push service, by https: whatever a browser hands in, nothing else is ever asked. `further`: hosts of
 * others, as `host` or `host:port`.
 */
export function isPushEndpoint(endpoint: string, further: readonly string[]): boolean {
  const url = URL.parse(endpoint);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return further.includes(url.host) || KNOWN.some((host) => host.test(url.host));
}
