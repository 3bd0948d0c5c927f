// HTTP Digest of digest-fetch; the argument says which challenge the fake cloud offers.

import {readFileSync} from "node:fs";
import {DigestClient} from "digest-fetch";

const cloud = JSON.parse(readFileSync(0, "utf8"));
const own = cloud["oceanbase-cloud-v2"];
const algorithm = process.argv[2];
const instance = encodeURIComponent(own.inventory.instanceId[0]);
const url = `${own.base_url}/api/v2/instances/${instance}/tenants?requestId=r%2F1&pageSize=20`;
const headers = {"X-Ob-Project-Id": own.credentials.project_id};
let failures = 0;

function expect(what, expected, shown) {
  const holds = JSON.stringify(expected) === JSON.stringify(shown);
  failures += !holds;
  console.log(`${holds ? "ok" : "FAILED"}: ${what}: ${JSON.stringify(shown)}`);
}

async function statuses(secret, calls) {
  const client = new DigestClient(own.credentials.access_key, secret, {algorithm});
  const got = [];
  for (let call = 0; call < calls; call++) got.push((await client.fetch(url, {headers})).status);
  return got;
}

expect(`digest-fetch with ${algorithm}`, [200, 200, 200], await statuses(own.credentials.secret_key, 3));
expect("a wrong secret", [401], await statuses("wrong", 1));
const journal = await (await fetch(`${cloud.control.base_url}/journal`)).json();
expect("challenges and calls", [401, 200, 200, 200], journal.entries.slice(0, 4).map((entry) => entry.status));
process.exit(Math.min(failures, 1));
