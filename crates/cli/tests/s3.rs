//! `publish` to a server that speaks S3, on loopback: what is written, in which order, and what stays when it fails.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod work;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError};
use work::Work;

const ACCESS: &str = "AKTESTKEY";
const SECRET: &str = "a secret of this test";

/// What goes wrong when a file of that name is written.
enum Fault {
    /// The account may not write it.
    Forbidden,
    /// The connection breaks off, each time.
    BrokenOff,
    /// Somebody else is faster: done before the request is answered, once.
    Overtaken(Box<dyn FnOnce() + Send>),
}

#[derive(Default)]
struct Seen {
    /// Names of the files that were written, in order.
    written: Vec<String>,
    fault: Option<(&'static str, Fault)>,
}

/// A bucket `policies` in a folder, behind a server.
struct Bucket {
    folder: tempfile::TempDir,
    address: String,
    seen: Arc<Mutex<Seen>>,
    _runtime: tokio::runtime::Runtime,
}

impl Bucket {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("policies")).unwrap();
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single(ACCESS, SECRET));
        let store = builder.build();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::clone(&seen);
        runtime.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (store, seen) = (store.clone(), Arc::clone(&shared));
                let answers =
                    service_fn(move |request| answer(store.clone(), Arc::clone(&seen), request));
                tokio::spawn(async move {
                    // A connection that breaks off is what some of the tests are about.
                    let http = hyper::server::conn::http1::Builder::new();
                    drop(http.serve_connection(TokioIo::new(stream), answers).await);
                });
            }
        });
        Self { folder, address, seen, _runtime: runtime }
    }

    /// An administrator who has this store's credentials.
    fn administrator(&self) -> Work {
        Work::new()
            .with("AWS_ENDPOINT", &self.address)
            .with("AWS_ALLOW_HTTP", "true")
            .with("AWS_REGION", "eu-central-1")
            .with("AWS_ACCESS_KEY_ID", ACCESS)
            .with("AWS_SECRET_ACCESS_KEY", SECRET)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("policies/fleet").join(name)
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.file(name)).unwrap()
    }

    fn fail(&self, name: &'static str, fault: Fault) {
        self.seen.lock().unwrap().fault = Some((name, fault));
    }

    fn written(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap().written)
    }
}

async fn answer(
    store: S3Service,
    seen: Arc<Mutex<Seen>>,
    request: Request<Incoming>,
) -> Result<Response<Body>, HttpError> {
    let mut overtake = None;
    if request.method() == Method::PUT {
        let name = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
        let mut seen = seen.lock().unwrap();
        seen.written.push(name.clone());
        match seen.fault.take_if(|(of, _)| *of == name) {
            Some((of, Fault::Forbidden)) => {
                seen.fault = Some((of, Fault::Forbidden));
                let refusal = Response::builder().status(403).body(Body::empty());
                return Ok(refusal.unwrap());
            }
            Some((of, Fault::BrokenOff)) => {
                seen.fault = Some((of, Fault::BrokenOff));
                return Err(HttpError::new("the wire is cut".into()));
            }
            Some((_, Fault::Overtaken(act))) => overtake = Some(act),
            None => {}
        }
    }
    if let Some(act) = overtake {
        tokio::task::spawn_blocking(act).await.unwrap();
    }
    store.call(request.map(Body::from)).await
}

/// A bucket, an administrator with the third and the fourth version signed, and the public key.
fn company() -> (Bucket, Work, String) {
    let bucket = Bucket::new();
    let work = bucket.administrator();
    let key = work.key("a.key");
    work.bundle("acme.toml", "third.dgb", "a.key");
    work.bundle("acme-next.toml", "fourth.dgb", "a.key");
    (bucket, work, key)
}

const PLACE: &str = "s3://policies/fleet";

#[test]
fn the_copy_is_written_first_and_the_current_file_never_goes_backwards() {
    let (bucket, work, key) = company();
    let publish = |name| ["publish", name, "--to", PLACE, "--trust", &key];

    let said = work.ok(&publish("third.dgb"));
    assert_eq!(bucket.written(), ["acme-3.dgb", "acme.dgb"]);
    assert!(said.contains("wrote s3://policies/fleet/acme.dgb"), "{said}");
    assert_eq!(bucket.bytes("acme.dgb"), std::fs::read(work.path("third.dgb")).unwrap());

    let said = work.ok(&publish("third.dgb"));
    assert!(said.contains("published already"), "{said}");
    assert_eq!(bucket.written(), [""; 0]);

    work.ok(&publish("fourth.dgb"));
    assert_eq!(bucket.written(), ["acme-4.dgb", "acme.dgb"]);
    assert_eq!(bucket.bytes("acme-3.dgb"), std::fs::read(work.path("third.dgb")).unwrap());
    work.refused(&publish("third.dgb"), 2, "go backwards");
    assert_eq!(bucket.written(), [""; 0]);
    assert_eq!(bucket.bytes("acme.dgb"), std::fs::read(work.path("fourth.dgb")).unwrap());
}

#[test]
fn what_fails_half_way_leaves_the_current_file_whole() {
    let (bucket, work, key) = company();
    let publish = |name| ["publish", name, "--to", PLACE, "--trust", &key];
    work.ok(&publish("third.dgb"));
    let before = bucket.bytes("acme.dgb");

    // Before anything is there, after the copy is there, and with a wire that is cut.
    bucket.fail("acme-4.dgb", Fault::Forbidden);
    work.refused(&publish("fourth.dgb"), 2, "nothing was replaced");
    assert!(!bucket.file("acme-4.dgb").exists());
    bucket.fail("acme.dgb", Fault::Forbidden);
    work.refused(&publish("fourth.dgb"), 2, "cannot write s3://policies/fleet/acme.dgb");
    assert_eq!(bucket.bytes("acme.dgb"), before);
    bucket.fail("acme.dgb", Fault::BrokenOff);
    work.refused(&publish("fourth.dgb"), 2, "nothing was replaced");
    assert_eq!(bucket.bytes("acme.dgb"), before);

    // Once the fault is gone, the same command does it.
    bucket.seen.lock().unwrap().fault = None;
    work.ok(&publish("fourth.dgb"));
    assert_eq!(bucket.bytes("acme.dgb"), std::fs::read(work.path("fourth.dgb")).unwrap());
}

#[test]
fn two_administrators_cannot_overtake_each_other() {
    let (bucket, slow, key) = company();
    let fast = bucket.administrator();
    std::fs::copy(slow.path("a.key"), fast.path("a.key")).unwrap();
    let next = std::fs::read_to_string(fast.path("acme-next.toml")).unwrap();
    std::fs::write(fast.path("fifth.toml"), next.replace("version = 4", "version = 5")).unwrap();
    fast.bundle("fifth.toml", "fifth.dgb", "a.key");
    slow.ok(&["publish", "third.dgb", "--to", PLACE, "--trust", &key]);

    let fifth = std::fs::read(fast.path("fifth.dgb")).unwrap();
    let trust = key.clone();
    let act = move || {
        fast.ok(&["publish", "fifth.dgb", "--to", PLACE, "--trust", &trust]);
    };
    bucket.fail("acme.dgb", Fault::Overtaken(Box::new(act)));
    slow.refused(
        &["publish", "fourth.dgb", "--to", PLACE, "--trust", &key],
        2,
        "somebody published to s3://policies/fleet/acme.dgb at the same moment",
    );
    assert_eq!(bucket.bytes("acme.dgb"), fifth);
}

#[test]
fn a_store_that_does_not_know_us_is_named() {
    let bucket = Bucket::new();
    let work = bucket.administrator().with("AWS_SECRET_ACCESS_KEY", "another secret");
    let key = work.key("a.key");
    work.bundle("acme.toml", "third.dgb", "a.key");
    work.refused(
        &["publish", "third.dgb", "--to", PLACE, "--trust", &key],
        2,
        "cannot read s3://policies/fleet/acme.dgb",
    );
    let (_, text) = work.tell(&["publish", "third.dgb", "--to", PLACE, "--trust", &key]);
    assert!(!text.contains("another secret"), "{text}");
}
