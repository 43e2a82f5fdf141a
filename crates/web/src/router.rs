//! Which address is answered by what.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use tower_http::compression::CompressionLayer;
use tower_http::compression::CompressionLevel;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;
use crate::{
    copies, decide, desk, events, exports, facets, flags, guard, health, intake, list, metrics, quotes,
    report, review, series, session, speakers, stories,
};

#[derive(OpenApi)]
#[openapi(info(
    title = "Ascribe",
    description = "Who said what, through whom, and which figures they gave. It never says who is right. \
                   Errors are problem+json (RFC 9457); lists are paged by cursors."
))]
struct Api;

/// The description of the API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    parts().1
}

fn parts() -> (Router<App>, utoipa::openapi::OpenApi) {
    let resources = OpenApiRouter::new()
        .routes(routes!(list::reports))
        .routes(routes!(report::report))
        .routes(routes!(report::text))
        .routes(routes!(list::statements))
        .routes(routes!(report::statement))
        .routes(routes!(list::figures))
        .routes(routes!(report::figure))
        .routes(routes!(speakers::speakers))
        .routes(routes!(speakers::speaker))
        .routes(routes!(list::search))
        .routes(routes!(facets::facets))
        .routes(routes!(facets::dates))
        .routes(routes!(facets::summary))
        .routes(routes!(stories::stories))
        .routes(routes!(stories::story))
        .routes(routes!(stories::table))
        .routes(routes!(series::all))
        .routes(routes!(series::one))
        .routes(routes!(copies::copies))
        .routes(routes!(quotes::quotes))
        .routes(routes!(quotes::quote))
        .routes(routes!(flags::flags))
        .routes(routes!(decide::decisions, decide::decide))
        .routes(routes!(decide::decide_bulk))
        .routes(routes!(review::review))
        .routes(routes!(review::count))
        .routes(routes!(intake::jobs))
        .routes(routes!(intake::job))
        .routes(routes!(intake::text))
        .routes(routes!(intake::file))
        .routes(routes!(intake::url))
        .routes(routes!(events::events))
        .routes(routes!(exports::export))
        .routes(routes!(session::session, session::log_in, session::log_out))
        .routes(routes!(health::health))
        .routes(routes!(metrics::metrics));
    OpenApiRouter::with_openapi(Api::openapi()).nest("/api/v1", resources).split_for_parts()
}

/// All addresses.
pub(crate) fn router(app: App) -> Router {
    let (router, openapi) = parts();
    router
        .route("/api/openapi.json", get(move |State(_): State<App>| async move { Json(openapi) }))
        .fallback(page)
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .with_state(app)
}

async fn page(request: axum::extract::Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/v1") {
        return Problem::not_found("There is no such address.").into_response();
    }
    if !matches!(*request.method(), axum::http::Method::GET | axum::http::Method::HEAD) {
        return Problem::method().into_response();
    }
    desk::page(request.uri().clone()).await
}
