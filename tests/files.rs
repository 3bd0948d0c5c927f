//! Responses that are files: read as they arrive, up to a limit of their own.

#![cfg(feature = "huawei-taurusdb-v3")]
#![allow(clippy::unwrap_used, clippy::panic)] // clippy knows tests, not their helpers

mod support;

use dbplane::huawei::taurusdb_v3::{Client, operations::DownloadRealtimeSession};
use dbplane::{ByteStream, Error, Retry, Transport, huawei};
use dbplane_fake_cloud::FakeCloud;
use dbplane_fake_cloud::faults::{ErrorResponse, Fault, Rule};
use futures_util::FutureExt;
use support::service;

const INSTANCE: &str = "096c0fc43e804757b59946b80dc27f8bin07";
const NODE: &str = "0f3c2b1a9d8e4f7ab6c5d4e3f2a1b0c9no07";

/// A call for the file of the spec's example, by a client that reads so much of other responses.
fn download(cloud: &FakeCloud, other: usize) -> DownloadRealtimeSession {
    let (url, keys) = service(cloud, "huawei-taurusdb-v3");
    let credentials = huawei::Credentials::access_key(&keys.access_key, keys.secret_key.as_str());
    let client = Client::builder()
        .base_url(url)
        .credentials(credentials)
        .project_id(keys.project_id.as_deref().unwrap())
        .transport(Transport::builder().max_response_size(other).build().unwrap())
        .retry(Retry::never())
        .build()
        .unwrap();
    client.download_realtime_session(INSTANCE, NODE, "f506172839a4b5c6d7e8f90a1b2c3d4e")
}

async fn file(cloud: &FakeCloud) -> ByteStream {
    download(cloud, 16).send().await.unwrap().into_inner()
}

/// What comes before the stream ends, and its error.
async fn read(mut file: ByteStream) -> (Vec<u8>, Option<Error>) {
    let mut read = Vec::new();
    loop {
        match file.try_next().await {
            Ok(Some(piece)) => read.extend_from_slice(&piece),
            Ok(None) => return (read, None),
            Err(e) => {
                assert!(file.try_next().await.unwrap().is_none(), "something comes after the error");
                return (read, Some(e));
            }
        }
    }
}

#[tokio::test]
async fn a_file_is_read_whole_and_bit_by_bit() {
    let cloud = FakeCloud::start().await.unwrap();
    let response = download(&cloud, 16).send().await.unwrap();
    assert_eq!(response.header("content-type"), Some("application/octet-stream"));
    assert!(response.request_id().is_some() && format!("{response:?}").contains("DownloadRealtimeSession"));
    let whole = response.into_inner().collect().await.unwrap();
    assert!(whole.starts_with(b"id,user,host") && whole.ends_with(b"SELECT 1"), "{whole:?}");
    let (bits, error) = read(file(&cloud).await).await;
    assert!(error.is_none() && bits == whole, "{error:?}");
}

#[tokio::test]
async fn a_dropped_look_at_a_file_loses_no_piece() {
    let cloud = FakeCloud::start().await.unwrap();
    let whole = file(&cloud).await.collect().await.unwrap();
    let (mut file, mut read, mut drops) = (file(&cloud).await, Vec::new(), 0);
    loop {
        match file.try_next().now_or_never() {
            Some(Ok(Some(piece))) => read.extend_from_slice(&piece),
            Some(Ok(None)) => break,
            Some(Err(e)) => panic!("{e}"),
            None => {
                drops += 1;
                tokio::task::yield_now().await;
            }
        }
    }
    assert!(read == whole, "{drops} were dropped");
}

#[tokio::test]
async fn a_file_over_its_limit_ends_with_an_error() {
    let cloud = FakeCloud::start().await.unwrap();
    let size = file(&cloud).await.collect().await.unwrap().len() as u64;
    assert!(file(&cloud).await.max_size(size).collect().await.is_ok());
    let (_, error) = read(file(&cloud).await.max_size(size - 1)).await;
    let error = error.unwrap();
    assert!(error.is_decode() && error.to_string().contains("DownloadRealtimeSession"), "{error}");
    assert!(error.to_string().contains(&format!("more than {} bytes", size - 1)), "{error}");
}

#[tokio::test]
async fn half_a_file_and_a_refusal_are_errors() {
    let cut = [Rule::new(Fault::Truncate).service("huawei-taurusdb-v3").first(1)];
    let cloud = FakeCloud::builder().faults(cut).start().await.unwrap();
    let (half, error) = read(file(&cloud).await).await;
    assert!(error.as_ref().is_some_and(|e| !e.is_decode()), "{error:?}");
    assert!(half.len() < file(&cloud).await.collect().await.unwrap().len());

    cloud.set_faults([Rule::new(Fault::Error(ErrorResponse::new(409)))]).await.unwrap();
    let refused = download(&cloud, 4096).send().await.unwrap_err();
    assert_eq!(refused.status(), Some(409));
}
