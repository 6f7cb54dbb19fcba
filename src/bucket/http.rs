//! How object stores are spoken to: by the client that the program has already. Whoever asks waits, on a thread of his own.

use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hyper::body::Body as _;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpService,
};
use ureq::Agent;
use ureq::http::Request;

/// Makes the client.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnConnector;

/// The client.
#[derive(Debug)]
struct OwnClient(Agent);

impl HttpConnector for OwnConnector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(10)))
            // From one byte to the next: a large file may take as long as it takes.
            .timeout_recv_response(Some(Duration::from_secs(60)))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("bokworm/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(HttpClient::new(OwnClient(config.into())))
    }
}

type Answered<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'a>>;

impl HttpService for OwnClient {
    fn call<'life, 'answer>(&'life self, request: HttpRequest) -> Answered<'answer>
    where
        'life: 'answer,
        Self: 'answer,
    {
        let answer = self.ask(request);
        Box::pin(std::future::ready(answer))
    }
}

impl OwnClient {
    fn ask(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let bytes = whole(body)?;
        let has_body = !bytes.is_empty() || matches!(parts.method.as_str(), "PUT" | "POST");
        let answer = if has_body {
            self.0.run(Request::from_parts(parts, bytes))
        } else {
            self.0.run(Request::from_parts(parts, ()))
        };
        let (parts, mut body) = answer.map_err(failed)?.into_parts();
        let bytes = body.with_config().limit(u64::MAX).read_to_vec().map_err(failed)?;
        Ok(HttpResponse::from_parts(parts, bytes.into()))
    }
}

/// All that is to be sent. It lies in memory, so nothing has to be waited for.
fn whole(body: HttpRequestBody) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::with_capacity(body.content_length());
    let (mut body, mut context) = (pin!(body), Context::from_waker(Waker::noop()));
    loop {
        match body.as_mut().poll_frame(&mut context) {
            Poll::Ready(None) => return Ok(bytes),
            Poll::Ready(Some(frame)) => bytes.extend(frame?.into_data().unwrap_or_default()),
            Poll::Pending => return Err(HttpError::new(HttpErrorKind::Unknown, io::Error::other("a body that waits"))),
        }
    }
}

/// What went wrong, so that it is known whether to try again.
fn failed(error: ureq::Error) -> HttpError {
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::ConnectionFailed | ureq::Error::HostNotFound => HttpErrorKind::Connect,
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => HttpErrorKind::Connect,
        ureq::Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}
