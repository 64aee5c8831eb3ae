/** In a page: as on an iPhone whose storage process has died, requests to IndexedDB stay pending for ever. */
export const wedgeIndexedDb = (): void => {
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    for (const event of ['success', 'error', 'upgradeneeded', 'blocked']) {
      request.addEventListener(event, (happened) => happened.stopImmediatePropagation());
    }
    return request;
  };
};

/** In a page: as in a browser that was told to keep nothing for sites. */
export const refuseLocalStorage = (): void => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  Object.assign(Storage.prototype, { getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse });
};
