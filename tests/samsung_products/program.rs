// A program that leads a cluster through its life. It is compiled once for each relational product, over its own types.

use std::time::Duration;

use super::{STEM, order_settings, product};
use dbplane::samsung::Credentials;
use dbplane::{Runtime, Wait};
use dbplane_fake_cloud::FakeCloud;
use product::{Client, models::*};

const NOW: i64 = 1_768_465_800_000; // 2026-01-15T08:30:00Z

fn order() -> ClusterCreateRequest {
    let disks = [
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Os, 104),
        BlockStorageGroupRequest::new(BlockStorageGroupRoleType::Data, 56),
    ];
    let server = InstanceRequest::new(RdbInstanceRoleType::Active);
    let group = InstanceGroupRequest::new().role_type(RdbInstanceGroupRoleType::Active).server_type_name("db1v2m4").block_storage_groups(disks).instances([server]);
    let engine = "5f1c9a3e7b2d4f608a1b2c3d4e5f6071";
    let settings = order_settings();
    ClusterCreateRequest::new().name("orders").instance_name_prefix("orders").dbaas_engine_version_id(engine).subnet_id("subnet").timezone("Asia/Seoul").instance_groups([group]).init_config_option(settings)
        .service_watch_log_collection(false)
}

fn replica() -> ReplicasCreateRequest {
    let disk = ReplicaBlockStorageGroupRequest::new(ReplicaBlockStorageGroupRoleType::Data, 56);
    let group = ReplicaInstanceGroupRequest::new(ReplicaRoleType::Replica, "db1v2m4", [disk]);
    ReplicasCreateRequest::new(1, [Replicas::new("orders-reader", [group])])
}

pub(super) async fn run() {
    let clock = Runtime::fixed(NOW, 1);
    let cloud = FakeCloud::builder().empty().now(NOW).pace(Duration::ZERO).start().await.unwrap();
    let service = cloud.service(STEM).unwrap();
    let keys = service.credentials();
    let client = Client::builder()
        .runtime(clock.clone())
        .base_url(service.base_url())
        .credentials(Credentials::access_key(&keys.access_key, keys.secret_key.as_str()))
        .build()
        .unwrap();
    let wait = Wait::default().pauses(Duration::from_millis(1), Duration::from_millis(1));

    // From scratch.
    let made = client.create_cluster(order()).send_and_wait(&wait).await.unwrap();
    assert_eq!((made.name.as_str(), &made.service_state), ("orders", &ServiceState::Running));
    let id = client.find_cluster("orders").await.unwrap().id;

    // A replica.
    let reader = client.create_replica(&id, replica()).send_and_wait(&wait).await.unwrap();
    assert_eq!(reader.origin_cluster_id.as_deref(), Some(id.as_str()));
    assert_eq!(client.list_replicas(&id).send().await.unwrap().count, 1);

    // A restore to a moment between the oldest backup and now.
    client.manual_backup(&id).send_and_wait(&wait).await.unwrap();
    let archive = ArchiveConfigSetRequest::new(true).retention_period_day(1);
    client.set_archive_config(&id, archive).send_and_wait(&wait).await.unwrap();
    clock.set_unix_millis(NOW + 3_600_000);
    cloud.set_now(NOW + 3_600_000);
    let new = ClusterRestoreRequest::new("ordersBefore", "before", "db1v2m4");
    let restore = client.restore_to(&id, "2026-01-15T09:00:00Z", new).await.unwrap();
    let before = restore.send_and_wait(&wait).await.unwrap();
    assert_eq!((before.name.as_str(), before.role_type.clone()), ("ordersBefore", Some(ClusterRoleType::Recovery)));

    // Larger servers and disks; the disk of the replica grows first.
    let data = |cluster: &ClusterDetailResponse| {
        let disks = &cluster.instance_groups[0].block_storage_groups;
        disks.iter().find(|disk| disk.role_type.as_str() == "DATA").unwrap().id.clone()
    };
    for disk in [data(&reader), data(&made)] {
        let size = ResizeBlockStorageGroupRequest::new(104);
        client.set_block_storage_size(disk, size).send_and_wait(&wait).await.unwrap();
    }
    let size = InstanceGroupResizeRequest::new("db1v4m8");
    let larger = client.set_server_type(&made.instance_groups[0].id, size).send_and_wait(&wait).await.unwrap();
    assert_eq!(larger.instance_groups[0].server_type_name, "db1v4m8");

    // Replicas are not deleted with their origin.
    for cluster in [&reader.id, &before.id, &id] {
        client.delete_cluster(cluster).send_and_wait(&wait).await.unwrap();
    }
    assert_eq!(client.list_clusters().send().await.unwrap().count, 0);
}
