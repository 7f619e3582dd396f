/** The extension's own database: what is too large or too many for `storage.local`. */

const NAME = "draftguard";
const VERSION = 1;

/** The stores, with the key of each. */
const STORES = { policies: "id", events: "time" } as const;

export type StoreName = keyof typeof STORES;

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        if (!request.result.objectStoreNames.contains(name))
          request.result.createObjectStore(name, { keyPath });
      }
    };
    request.onsuccess = () => {
      const database = request.result;
      // Cleared site data or a newer version closes the connection under us: open again when next needed.
      database.onclose = database.onversionchange = () => {
        database.close();
        opened = undefined;
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("the database is in use by an older version"));
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

async function run<T>(
  name: StoreName,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await open()).transaction(name, mode);
  const request = use(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    // Written only when the transaction is complete, not when the request was taken.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
  });
}

/** Everything in a store, or what `range` covers, in the order of its keys. */
export function all<T>(name: StoreName, range?: IDBKeyRange): Promise<T[]> {
  return run<T[]>(name, "readonly", (store) => store.getAll(range));
}

/** Adds or replaces. */
export async function put(name: StoreName, value: unknown): Promise<void> {
  await run(name, "readwrite", (store) => store.put(value));
}

/** Removes what `key` (a key or a range of keys) names. */
export async function remove(name: StoreName, key: IDBValidKey | IDBKeyRange): Promise<void> {
  await run(name, "readwrite", (store) => store.delete(key));
}

/** Removes everything. */
export async function clear(name: StoreName): Promise<void> {
  await run(name, "readwrite", (store) => store.clear());
}
