import { expect, test } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { checkRedisUrl, withoutPassword } from "../../core/queue/place.ts";

test.each([
  ["redis://queue:6379", "redis://queue:6379"],
  ["rediss://queue", "rediss://queue"],
  ["redis://[::1]:6379/3", "redis://[::1]:6379/3"],
  ["redis://:s3cret@queue:6379", "redis://***@queue:6379"],
  ["redis://user@queue", "redis://***@queue"],
  ["redis://user:a:b@queue/0", "redis://***@queue/0"],
  ["redis://:s3cr%2Fet%3d@queue", "redis://***@queue"],
  ["redis://queue?family=6&password=s3cret", "redis://queue"],
])("%s is an address of Redis", (url, shown) => {
  expect(() => checkRedisUrl(url, "--redis")).not.toThrow();
  expect(withoutPassword(url)).toBe(shown);
});

test.each([
  "redis://:s3cr/et=@host",
  "user:s3cret@host",
  "redis://:p@ss@host:1",
  "redis://:s3cr%et@host",
  "redis://:s3cr%ff@host",
  "redis://:s3cr#et@host",
  "redis://:s3cr?et@host",
  "redis://:s3cr et@host",
  "redis://:s3cret@",
  "redis://:s3cret@host:99999",
  "redis://:s3cret@host:port",
  "redis://host/s3cret",
  "http://:s3cret@host",
  "",
])("%s is none, and nothing of it is shown", (url) => {
  const check = () => checkRedisUrl(url, "REDIS_URL");
  expect(check).toThrow(UserError);
  expect(check).toThrow(
    /^Cannot use the address of Redis in REDIS_URL: want redis:\/\/HOST:PORT, with "USER:PASSWORD@" before the host where it takes a password$/,
  );
});
