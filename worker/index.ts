/**
 * What the service worker does beside holding the pages, which `next-pwa` writes by `lib/client/worker-rules.ts`: it shows alerts,
 * and throws away what was kept for older builds.
 * The build finds this file by its place and makes `worker-….js` of it, which the worker imports.
 */
import { deleteOldCaches } from './old-caches.ts';
import { onNotificationClick } from './open-tapped.ts';
import type { WorkerScope } from './platform.ts';
import { onSubscriptionChange } from './renew-subscription.ts';
import { onPush } from './show-push.ts';

/** This file runs in a service worker only, whatever `lib.dom` says of `self`. */
const scope = self as unknown as WorkerScope;

scope.addEventListener('activate', (event) => event.waitUntil(deleteOldCaches()));
scope.addEventListener('push', (event) => onPush(scope, event));
scope.addEventListener('notificationclick', (event) => onNotificationClick(scope, event));
scope.addEventListener('pushsubscriptionchange', (event) => onSubscriptionChange(scope, event));
