//! Orders: an instance is listed after some time, and runs later.

use serde_json::{Value as Json, json};

use super::Dbss;
use super::instance::DbssInstance;
use super::states;
use super::writes::ORDER;
use crate::base::runtime::Runtime;
use crate::message::response::Response;
use crate::world::fields::Fields;
use crate::world::request::WorldRequest;
use crate::world::work::Work;

/// A period of type 2, which counts as a month here, in milliseconds.
const PERIOD: i64 = 30 * 24 * 3_600_000;

/// `POST /v2/{project_id}/db-om/charge/period/order`.
pub(super) fn place(world: &mut Dbss, call: &WorldRequest<'_>) -> Response {
    let instance = ordered(world, call);
    let id = instance.id().to_owned();
    let mut work = Work::new(call.runtime.uuid(), &id, call.id(), call.now, ORDER.millis(world.pace));
    work.fails = call.fails;
    let after = if call.fails { states::ERROR } else { ORDER.after };
    world.works.accept(
        work,
        move |world, _| {
            world.instances.insert(instance.id().to_owned(), instance);
        },
        move |world, _| world.alter(&id, |instance| instance.show(after, states::AT_REST)),
    );
    let order = format!("CS{}", call.runtime.hex(15).to_uppercase());
    call.response(json!({"code": "0", "description": "success", "order_id": order}))
}

/// The instance that an order describes.
fn ordered(world: &Dbss, call: &WorldRequest<'_>) -> DbssInstance {
    let (order, runtime) = (call.body(), call.runtime);
    let mut instance = DbssInstance { shown: world.template.clone() };
    let zones: Vec<&str> = order.text("/availability_zone").split(',').map(str::trim).collect();
    if zones.len() < 2 {
        instance.keep_one_server();
    }
    let shown = &mut instance.shown;
    shown.put("/instance_id", runtime.hex(32));
    shown.put("/float_ip", address(runtime));
    shown.put(
        "/public_ip",
        order.given("/public_ip").map(|_| format!("100.85.{}.{}", byte(runtime), byte(runtime))),
    );
    for field in ["comment", "deploy_mode", "enterprise_project_id"] {
        shown.put(&format!("/{field}"), order.given(&format!("/{field}")).cloned());
    }
    let product = order.given("/product_infos/0/resource_spec_code").cloned().unwrap_or_default();
    for (place, server) in shown.items_mut("/detail/server").iter_mut().enumerate() {
        let texts = [
            ("/region", world.region.as_str()),
            ("/zone", zones.get(place).or(zones.first()).copied().unwrap_or_default()),
            ("/vpc_id", order.text("/vpc_id")),
            ("/subnet_id", order.text("/nics/0/subnet_id")),
            ("/security_group_id", order.text("/security_groups/0/id")),
        ];
        texts.into_iter().for_each(|(field, text)| server.put(field, text));
        server.put("/server_id", runtime.uuid());
        server.put("/connect_ip", address(runtime));
        server.put("/specification", product.clone());
        server.put("/resource_spec_code", product.clone());
    }
    let months = order.number("/period_num").max(1);
    instance.date(call.now, call.now.saturating_add(months.saturating_mul(PERIOD)));
    instance.rename(order.text("/name"));
    instance.show(ORDER.during, states::AT_REST);
    instance
}

fn address(runtime: &Runtime) -> Json {
    Json::from(format!("10.0.{}.{}", byte(runtime), byte(runtime)))
}

fn byte(runtime: &Runtime) -> u8 {
    u8::from_str_radix(&runtime.hex(2), 16).unwrap_or(1).clamp(1, 254)
}
