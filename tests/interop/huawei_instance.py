"""The life of a TaurusDB instance by Huawei's SDK, in the fake cloud that standard input describes."""

import huaweicloudsdkgaussdb.v3 as sdk
from expect import CLOUD, control, end, expect
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

OWN = CLOUD["huawei-taurusdb-v3"]
KEYS = BasicCredentials(*[OWN["credentials"][name] for name in ("access_key", "secret_key", "project_id")])
TAURUSDB = sdk.GaussDBClient.new_builder().with_credentials(KEYS).with_endpoint(OWN["base_url"]).build()
PASSWORD = "example-Passw0rd"


def done(what, id):
    """Asks for a job until it is done, as a program does; the cloud's clock goes on in place of a pause."""
    states = []
    for _ in range(20):
        control("/clock", {"advance": 1_000})
        try:
            job = TAURUSDB.show_gauss_my_sql_job_info(sdk.ShowGaussMySqlJobInfoRequest(id=id)).job
        except ClientRequestException as error:
            if error.error_code != "DBS.200543":  # a job is unknown in its first moments
                raise
            continue
        states.append(job.status)
        if job.status != "Running":
            break
    named = [job.id, job.name, job.created, job.ended, job.instance.id, job.instance.name]
    expect(what, states[-1] == "Completed" and all(named), f"{job.name} {' '.join(states)}")


def create(name, restore_point=None):
    order = sdk.MysqlInstanceRequest(
        name=name,
        region="cn-north-4",
        datastore=sdk.MysqlDatastoreInReq(type="gaussdb-mysql", version="8.0"),
        mode="Cluster",
        flavor_ref="gaussdb.mysql.large.x86.4",
        vpc_id="3f1c2a7e-5b7d-4b0e-9a3f-2f6a1c0d9e8b",
        subnet_id="5b2c7a10-1f2e-4c3d-8b4a-9c8d7e6f5a4b",
        security_group_id="fc577f1a-f202-424a-977f-24faec3fdd55",
        password=PASSWORD,
        backup_strategy=sdk.MysqlBackupStrategy(start_time="17:00-18:00", keep_days="7"),
        time_zone="UTC+08:00",
        availability_zone_mode="multi",
        master_availability_zone="cn-north-4a",
        slave_count=2,
        charge_info=sdk.MysqlChargeInfo(charge_mode="postPaid"),
        tags=[sdk.MysqlTags(key="stage", value="test")],
        enterprise_project_id="0",
        restore_point=restore_point,
    )
    made = TAURUSDB.create_gauss_my_sql_instance(sdk.CreateGaussMySqlInstanceRequest(body=order))
    expect(f"{name} is ordered", made.instance.status == "BUILD" and bool(made.job_id), made.instance.id)
    done(f"{name} is built", made.job_id)
    return made.instance.id


def instance(id):
    request = sdk.ShowGaussMySqlInstanceInfoUnifyStatusRequest(instance_id=id)
    return TAURUSDB.show_gauss_my_sql_instance_info_unify_status(request).instance


def databases(id):
    request = sdk.ListGaussMySqlDatabaseRequest(instance_id=id)
    return TAURUSDB.list_gauss_my_sql_database(request).databases


control("/clock", "stop")
shop = create("shop")
shown = instance(shop)
kinds = [node.type for node in shown.nodes]
expect("its nodes are shown", kinds == ["master", "slave", "slave"] and all(n.private_read_ips for n in shown.nodes), kinds)
own = [shown.name, shown.status, shown.time_zone, shown.tags[0].value, shown.charge_info.charge_mode]
expect("it is as ordered", own == ["shop", "normal", "UTC+08:00", "test", "postPaid"], own)

new = sdk.CreateGaussMySqlDatabase(name="orders", character_set="utf8mb4", comment="of the shop")
body = sdk.CreateGaussMySqlDatabaseRequestBody(databases=[new])
job = TAURUSDB.create_gauss_my_sql_database(sdk.CreateGaussMySqlDatabaseRequest(instance_id=shop, body=body))
done("a database is created", job.job_id)
may = sdk.CreateDatabaseList(name="orders", readonly=False)
user = sdk.CreateDatabaseUserList(name="app", password=PASSWORD, hosts=["192.168.0.%"], databases=[may])
body = sdk.CreateDatabaseUserRequest(users=[user])
request = sdk.CreateGaussMySqlDatabaseUserRequest(instance_id=shop, body=body)
done("an account is created", TAURUSDB.create_gauss_my_sql_database_user(request).job_id)
users = TAURUSDB.list_gauss_my_sql_database_user(sdk.ListGaussMySqlDatabaseUserRequest(instance_id=shop)).users
account = [(user.name, user.host, [d.name for d in user.databases]) for user in users]
expect("the account may use the database", account == [("app", "192.168.0.%", ["orders"])], account)

body = sdk.MysqlCreateBackupRequest(instance_id=shop, name="before-sale", description="by hand")
taken = TAURUSDB.create_gauss_my_sql_backup(sdk.CreateGaussMySqlBackupRequest(body=body))
done("a backup is taken", taken.job_id)
request = sdk.ShowGaussMySqlBackupListRequest(instance_id=shop, name="before-sale")
backup = TAURUSDB.show_gauss_my_sql_backup_list(request).backups[0]
fits = (backup.id, backup.status) == (taken.backup.id, "COMPLETED") and backup.begin_time and backup.end_time
expect("the backup is listed", bool(fits), f"{backup.id} {backup.begin_time} {backup.end_time}")
request = sdk.ShowBackupRestoreTimeRequest(instance_id=shop)
ranges = TAURUSDB.show_backup_restore_time(request).restore_times
expect("moments can be restored", ranges[0].start_time <= ranges[0].end_time, ranges[0].start_time)

body = sdk.DeleteGaussMySqlDatabaseRequestBody(databases=["orders"])
request = sdk.DeleteGaussMySqlDatabaseRequest(instance_id=shop, body=body)
done("the database is deleted", TAURUSDB.delete_gauss_my_sql_database(request).job_id)
expect("the instance has no database", databases(shop) == [], databases(shop))
point = sdk.MysqlRestorePoint(source_instance_id=shop, type="backup", backup_id=backup.id)
again = create("shop-again", point)
found = [(d.name, d.charset, d.comment, [u.name for u in d.users]) for d in databases(again)]
expect("the backup is restored to a new instance", found == [("orders", "utf8mb4", "of the shop", ["app"])], found)
body = sdk.RestoreRequest(source_instance_id=shop, target_instance_id=shop, type="backup", backup_id=backup.id)
done("the backup is restored", TAURUSDB.restore_old_instance(sdk.RestoreOldInstanceRequest(body=body)).job_id)
expect("the database is back", [d.name for d in databases(shop)] == ["orders"], databases(shop))

for id in (shop, again):
    request = sdk.DeleteGaussMySqlInstanceRequest(instance_id=id)
    done("an instance is deleted", TAURUSDB.delete_gauss_my_sql_instance(request).job_id)
try:
    expect("it is gone", False, instance(shop))
except ClientRequestException as error:
    shown = f"{error.status_code} {error.error_code} {error.error_msg}"
    expect("it is gone", (error.status_code, error.error_code) == (404, "DBS.200002"), shown)
bin = TAURUSDB.list_recycle_instances(sdk.ListRecycleInstancesRequest()).instances
expect("both are in the recycle bin", {row.id for row in bin} == {shop, again}, [row.name for row in bin])
entries = control("/journal")["entries"]
refused = [e["problem"] for e in entries if e["problem"] and e["operation"] != "ShowGaussMySqlJobInfo"]
expect("nothing else was refused", len(refused) == 1, refused)
end()
