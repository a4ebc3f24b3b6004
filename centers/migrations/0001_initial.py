import centers.models.base
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

from centers.operations import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [AtOnce([
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9._-]*$', '利用者名は半角の英小文字・数字・. _ - で入れてください。')], verbose_name='利用者名')),
                ('name', models.CharField(max_length=60, verbose_name='氏名')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='メール')),
                ('is_active', models.BooleanField(default=True, verbose_name='使える')),
                ('single_keys', models.BooleanField(default=True, verbose_name='1文字キーを使う')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BusinessCatalogue',
            fields=[
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False, verbose_name='符号')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Center',
            fields=[
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='住所')),
                ('opened_on', models.DateField(verbose_name='開所日')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='閉所日')),
            ],
            options={
                'ordering': ['zone__position', 'opened_on'],
            },
        ),
        migrations.CreateModel(
            name='Corporation',
            fields=[
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='受託法人')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ward',
            fields=[
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False, verbose_name='符号')),
                ('name', models.CharField(max_length=20, unique=True, verbose_name='区')),
                ('jlis_code', models.CharField(max_length=6, verbose_name='全国地方公共団体コード')),
                ('position', models.PositiveSmallIntegerField(verbose_name='並び順')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='BusinessCatalogueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('code', models.SlugField(db_index=False, max_length=20, serialize=False, verbose_name='符号')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.businesscatalogue')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BusinessItem',
            fields=[
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=10, verbose_name='コード')),
                ('mark', models.CharField(max_length=20, verbose_name='記号')),
                ('part', models.CharField(max_length=2, verbose_name='区分')),
                ('part_label', models.CharField(max_length=40, verbose_name='区分の名')),
                ('label', models.CharField(max_length=200, verbose_name='項目')),
                ('short_label', models.CharField(max_length=30, verbose_name='略称')),
                ('in_contacts', models.BooleanField(default=True, verbose_name='相談件数に入れる')),
                ('position', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='centers.businesscatalogue')),
            ],
            options={
                'ordering': ['catalogue', 'position'],
            },
        ),
        migrations.CreateModel(
            name='BusinessItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('code', models.CharField(max_length=10, verbose_name='コード')),
                ('mark', models.CharField(max_length=20, verbose_name='記号')),
                ('part', models.CharField(max_length=2, verbose_name='区分')),
                ('part_label', models.CharField(max_length=40, verbose_name='区分の名')),
                ('label', models.CharField(max_length=200, verbose_name='項目')),
                ('short_label', models.CharField(max_length=30, verbose_name='略称')),
                ('in_contacts', models.BooleanField(default=True, verbose_name='相談件数に入れる')),
                ('position', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('catalogue', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.businesscatalogue')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.businessitem')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('verb', models.CharField(choices=[('read', '閲覧'), ('search', '検索'), ('print', '印刷'), ('denied', '見られないページ')], max_length=8)),
                ('roles', models.CharField(max_length=80, verbose_name='権限')),
                ('client_id', models.UUIDField(null=True, verbose_name='利用者')),
                ('object_id', models.UUIDField(null=True)),
                ('page', models.CharField(max_length=60, verbose_name='画面')),
                ('hits', models.PositiveIntegerField(null=True)),
                ('query_hash', models.CharField(blank=True, max_length=64)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('address', models.GenericIPAddressField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='記録のあるセンター')),
            ],
        ),
        migrations.CreateModel(
            name='CheckRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_name', models.CharField(max_length=40)),
                ('target', models.CharField(default='city', max_length=80)),
                ('period', models.CharField(max_length=40)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('findings', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('check_name', 'target', 'period'), name='check_run_once')],
            },
        ),
        migrations.CreateModel(
            name='CodeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('list', models.CharField(choices=[('method', '支援方法'), ('content', '支援内容'), ('disability', '障がい種別'), ('counterpart', '話した人')], max_length=12, verbose_name='区分')),
                ('code', models.CharField(max_length=4, verbose_name='コード')),
                ('label', models.CharField(max_length=60, verbose_name='名称')),
                ('short_label', models.CharField(max_length=30, verbose_name='略称')),
                ('display_order', models.PositiveSmallIntegerField(verbose_name='画面の並び')),
            ],
            options={
                'ordering': ['list', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='code_entry_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('list', '='), ('code', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='code_entry_no_overlap', violation_error_message='同じコードの期間が重なっています。')],
            },
        ),
        migrations.CreateModel(
            name='CodeEntryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('list', models.CharField(choices=[('method', '支援方法'), ('content', '支援内容'), ('disability', '障がい種別'), ('counterpart', '話した人')], max_length=12, verbose_name='区分')),
                ('code', models.CharField(max_length=4, verbose_name='コード')),
                ('label', models.CharField(max_length=60, verbose_name='名称')),
                ('short_label', models.CharField(max_length=30, verbose_name='略称')),
                ('display_order', models.PositiveSmallIntegerField(verbose_name='画面の並び')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.codeentry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContractGeneration',
            fields=[
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False, verbose_name='符号')),
                ('name', models.CharField(max_length=40, verbose_name='契約期')),
                ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='generations', to='centers.businesscatalogue')),
            ],
            options={
                'ordering': ['starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ContractGenerationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('code', models.SlugField(db_index=False, max_length=20, serialize=False, verbose_name='符号')),
                ('name', models.CharField(max_length=40, verbose_name='契約期')),
                ('catalogue', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.businesscatalogue')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.contractgeneration')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContractTerm',
            fields=[
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ward_meetings_per_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='区ネットワーク会議の年間回数')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='centers.center')),
                ('generation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='centers.contractgeneration')),
            ],
            options={
                'ordering': ['center__zone__position', 'starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ContractTermEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('ward_meetings_per_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='区ネットワーク会議の年間回数')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center')),
                ('generation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.contractgeneration')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.contractterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='center',
            name='corporation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='centers', to='centers.corporation', verbose_name='受託法人'),
        ),
        migrations.CreateModel(
            name='CorporationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='受託法人')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.corporation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40, verbose_name='種類')),
                ('scope', models.CharField(choices=[('center', 'センター'), ('ward', '区'), ('city', '市')], max_length=8)),
                ('target_key', models.CharField(max_length=120)),
                ('target', models.CharField(max_length=80, verbose_name='対象')),
                ('period', models.CharField(max_length=40, verbose_name='期間')),
                ('since', models.DateField(verbose_name='いつから')),
                ('severity', models.CharField(choices=[('breach', '違反'), ('warn', '注意'), ('info', '参考')], max_length=8, verbose_name='重さ')),
                ('figures', models.JSONField(default=dict, verbose_name='数')),
                ('message', models.CharField(max_length=300, verbose_name='内容')),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('resolved_on', models.DateField(blank=True, null=True, verbose_name='解消した日')),
                ('center', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='centers.center')),
                ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='centers.ward')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(blank=True, choices=[('center', 'センター'), ('ward', '区'), ('city', '市')], max_length=8)),
                ('role', models.CharField(blank=True, choices=[('soudan', '相談員'), ('kinou', '相談支援機能強化員'), ('chiiki', '地域支援員'), ('kanri', 'センター管理者'), ('shi', '市 障がい保健福祉課'), ('ku', '区役所福祉課'), ('system', 'システム管理者'), ('kansa', '監査')], max_length=10)),
                ('kind', models.CharField(max_length=40)),
                ('icon', models.CharField(default='bell', max_length=20)),
                ('severity', models.CharField(choices=[('breach', '違反'), ('warn', '注意'), ('info', '参考')], default='info', max_length=8)),
                ('title', models.CharField(max_length=120, verbose_name='お知らせ')),
                ('body', models.CharField(blank=True, max_length=300, verbose_name='内容')),
                ('path', models.CharField(blank=True, max_length=200, verbose_name='開くページ')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('center', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='centers.center')),
                ('finding', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='centers.finding')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='centers.ward')),
            ],
            options={
                'ordering': ['-created_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='NoticeRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='centers.notice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='NumberSequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=30)),
                ('last', models.PositiveIntegerField(default=0)),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='centers.center')),
            ],
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='曜日')),
                ('opens_at', models.TimeField(verbose_name='開所')),
                ('closes_at', models.TimeField(verbose_name='閉所')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='centers.center')),
            ],
        ),
        migrations.CreateModel(
            name='OpeningHoursEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='曜日')),
                ('opens_at', models.TimeField(verbose_name='開所')),
                ('closes_at', models.TimeField(verbose_name='閉所')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.openinghours')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OpeningRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('required_weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='開ける曜日')),
                ('one_of_weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('min_days', models.PositiveSmallIntegerField(verbose_name='週の最少日数')),
                ('min_minutes', models.PositiveSmallIntegerField(verbose_name='1日の最少時間(分)')),
                ('emergency_contact', models.BooleanField(default=True, verbose_name='時間外の緊急連絡')),
                ('all_day_desk', models.BooleanField(default=False, verbose_name='24時間受付')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_rules', to='centers.contractterm')),
            ],
        ),
        migrations.CreateModel(
            name='OpeningRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('required_weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='開ける曜日')),
                ('one_of_weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('min_days', models.PositiveSmallIntegerField(verbose_name='週の最少日数')),
                ('min_minutes', models.PositiveSmallIntegerField(verbose_name='1日の最少時間(分)')),
                ('emergency_contact', models.BooleanField(default=True, verbose_name='時間外の緊急連絡')),
                ('all_day_desk', models.BooleanField(default=False, verbose_name='24時間受付')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.openingrule')),
                ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.contractterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanCap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('basis', models.CharField(choices=[('office', '事業所あたり'), ('staff', '相談員1名あたり')], max_length=10, verbose_name='数え方')),
                ('limit', models.PositiveSmallIntegerField(verbose_name='上限(件)')),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('plan', '計画相談'), ('community', '地域相談'), ('child', '障害児相談支援')], max_length=10), size=None, verbose_name='数える種別')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='達成期限')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_caps', to='centers.contractterm')),
            ],
        ),
        migrations.CreateModel(
            name='PlanCapEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('basis', models.CharField(choices=[('office', '事業所あたり'), ('staff', '相談員1名あたり')], max_length=10, verbose_name='数え方')),
                ('limit', models.PositiveSmallIntegerField(verbose_name='上限(件)')),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('plan', '計画相談'), ('community', '地域相談'), ('child', '障害児相談支援')], max_length=10), size=None, verbose_name='数える種別')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='達成期限')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.plancap')),
                ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.contractterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PostRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('post', models.CharField(choices=[('soudan', '相談員'), ('kinou', '相談支援機能強化員'), ('chiiki', '地域支援員')], max_length=10, verbose_name='職種')),
                ('required', models.PositiveSmallIntegerField(verbose_name='必要数')),
                ('on_gap', models.CharField(choices=[('breach', '必置(欠けると契約違反)'), ('deduction', '減算'), ('info', '参考')], max_length=10, verbose_name='欠けたとき')),
                ('full_time', models.BooleanField(default=True, verbose_name='常勤')),
                ('exclusive', models.BooleanField(default=False, verbose_name='専従')),
                ('may_hold_plans', models.BooleanField(default=False, verbose_name='計画相談との兼務可')),
                ('all_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('specialist', '相談支援専門員'), ('social_worker', '社会福祉士'), ('psychiatric', '精神保健福祉士'), ('nurse', '保健師'), ('care_manager', '介護支援専門員')], max_length=20), blank=True, default=list, size=None)),
                ('any_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('specialist', '相談支援専門員'), ('social_worker', '社会福祉士'), ('psychiatric', '精神保健福祉士'), ('nurse', '保健師'), ('care_manager', '介護支援専門員')], max_length=20), blank=True, default=list, size=None)),
                ('experience_months', models.PositiveSmallIntegerField(default=0, verbose_name='実務経験(月)')),
                ('qualification_settled', models.BooleanField(default=True, verbose_name='資格要件が確定している')),
                ('main_parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None, verbose_name='必須業務の区分')),
                ('optional_parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='支障がない範囲の区分')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='centers.contractterm')),
            ],
            options={
                'ordering': ['term', 'post', 'starts_on'],
            },
        ),
        migrations.CreateModel(
            name='PostRequirementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('post', models.CharField(choices=[('soudan', '相談員'), ('kinou', '相談支援機能強化員'), ('chiiki', '地域支援員')], max_length=10, verbose_name='職種')),
                ('required', models.PositiveSmallIntegerField(verbose_name='必要数')),
                ('on_gap', models.CharField(choices=[('breach', '必置(欠けると契約違反)'), ('deduction', '減算'), ('info', '参考')], max_length=10, verbose_name='欠けたとき')),
                ('full_time', models.BooleanField(default=True, verbose_name='常勤')),
                ('exclusive', models.BooleanField(default=False, verbose_name='専従')),
                ('may_hold_plans', models.BooleanField(default=False, verbose_name='計画相談との兼務可')),
                ('all_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('specialist', '相談支援専門員'), ('social_worker', '社会福祉士'), ('psychiatric', '精神保健福祉士'), ('nurse', '保健師'), ('care_manager', '介護支援専門員')], max_length=20), blank=True, default=list, size=None)),
                ('any_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('specialist', '相談支援専門員'), ('social_worker', '社会福祉士'), ('psychiatric', '精神保健福祉士'), ('nurse', '保健師'), ('care_manager', '介護支援専門員')], max_length=20), blank=True, default=list, size=None)),
                ('experience_months', models.PositiveSmallIntegerField(default=0, verbose_name='実務経験(月)')),
                ('qualification_settled', models.BooleanField(default=True, verbose_name='資格要件が確定している')),
                ('main_parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None, verbose_name='必須業務の区分')),
                ('optional_parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='支障がない範囲の区分')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.postrequirement')),
                ('term', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.contractterm')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportedHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('on', models.DateField(verbose_name='時点')),
                ('held', models.PositiveSmallIntegerField(verbose_name='保有件数')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_holdings', to='centers.center')),
            ],
        ),
        migrations.CreateModel(
            name='ReportedHoldingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('on', models.DateField(verbose_name='時点')),
                ('held', models.PositiveSmallIntegerField(verbose_name='保有件数')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.reportedholding')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('soudan', '相談員'), ('kinou', '相談支援機能強化員'), ('chiiki', '地域支援員'), ('kanri', 'センター管理者'), ('shi', '市 障がい保健福祉課'), ('ku', '区役所福祉課'), ('system', 'システム管理者'), ('kansa', '監査')], max_length=10, verbose_name='権限')),
                ('center', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='centers.center')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='centers.ward')),
            ],
        ),
        migrations.CreateModel(
            name='RuleSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('key', models.CharField(max_length=60, verbose_name='きまり')),
                ('value', models.JSONField(verbose_name='値')),
                ('label', models.CharField(max_length=200, verbose_name='説明')),
            ],
            options={
                'ordering': ['key', 'starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='rule_setting_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('key', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='rule_setting_no_overlap', violation_error_message='同じきまりの期間が重なっています。'), models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='rule_setting_key')],
            },
        ),
        migrations.CreateModel(
            name='RuleSettingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('key', models.CharField(max_length=60, verbose_name='きまり')),
                ('value', models.JSONField(verbose_name='値')),
                ('label', models.CharField(max_length=200, verbose_name='説明')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.rulesetting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StaffAssignment',
            fields=[
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('post', models.CharField(choices=[('soudan', '相談員'), ('kinou', '相談支援機能強化員'), ('chiiki', '地域支援員')], max_length=10, verbose_name='職種')),
                ('full_time', models.BooleanField(default=True, verbose_name='常勤')),
                ('exclusive', models.BooleanField(default=True, verbose_name='専従')),
                ('qualifications', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('specialist', '相談支援専門員'), ('social_worker', '社会福祉士'), ('psychiatric', '精神保健福祉士'), ('nurse', '保健師'), ('care_manager', '介護支援専門員')], max_length=20), blank=True, default=list, size=None)),
                ('experience_months', models.PositiveSmallIntegerField(default=0, verbose_name='開始日までの実務経験(月)')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='centers.center', verbose_name='センター')),
            ],
            options={
                'ordering': ['center', 'post', 'starts_on'],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='氏名')),
                ('kana', models.CharField(blank=True, max_length=80, verbose_name='カナ')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff_member', to=settings.AUTH_USER_MODEL, verbose_name='アカウント')),
            ],
        ),
        migrations.CreateModel(
            name='StaffAssignmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('post', models.CharField(choices=[('soudan', '相談員'), ('kinou', '相談支援機能強化員'), ('chiiki', '地域支援員')], max_length=10, verbose_name='職種')),
                ('full_time', models.BooleanField(default=True, verbose_name='常勤')),
                ('exclusive', models.BooleanField(default=True, verbose_name='専従')),
                ('qualifications', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('specialist', '相談支援専門員'), ('social_worker', '社会福祉士'), ('psychiatric', '精神保健福祉士'), ('nurse', '保健師'), ('care_manager', '介護支援専門員')], max_length=20), blank=True, default=list, size=None)),
                ('experience_months', models.PositiveSmallIntegerField(default=0, verbose_name='開始日までの実務経験(月)')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='センター')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.staffassignment')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.staffmember', verbose_name='職員')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='staffassignment',
            name='staff',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='centers.staffmember', verbose_name='職員'),
        ),
        migrations.CreateModel(
            name='StaffMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='氏名')),
                ('kana', models.CharField(blank=True, max_length=80, verbose_name='カナ')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.staffmember')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='アカウント')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('username', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9._-]*$', '利用者名は半角の英小文字・数字・. _ - で入れてください。')], verbose_name='利用者名')),
                ('name', models.CharField(max_length=60, verbose_name='氏名')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='メール')),
                ('is_active', models.BooleanField(default=True, verbose_name='使える')),
                ('single_keys', models.BooleanField(default=True, verbose_name='1文字キーを使う')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleGrantEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('role', models.CharField(choices=[('soudan', '相談員'), ('kinou', '相談支援機能強化員'), ('chiiki', '地域支援員'), ('kanri', 'センター管理者'), ('shi', '市 障がい保健福祉課'), ('ku', '区役所福祉課'), ('system', 'システム管理者'), ('kansa', '監査')], max_length=10, verbose_name='権限')),
                ('center', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center')),
                ('granted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.rolegrant')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('ward', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.ward')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Zone',
            fields=[
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False, verbose_name='符号')),
                ('name', models.CharField(max_length=20, unique=True, verbose_name='圏域')),
                ('number_prefix', models.CharField(max_length=4, unique=True, verbose_name='利用者番号の頭')),
                ('position', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='zones', to='centers.ward', verbose_name='区')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='CenterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('status', models.CharField(choices=[('carried_out', '実施'), ('planned', '計画'), ('presumed', '推定')], default='carried_out', max_length=12, verbose_name='確かさ')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='住所')),
                ('opened_on', models.DateField(verbose_name='開所日')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='閉所日')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centers.center')),
                ('corporation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.corporation', verbose_name='受託法人')),
                ('zone', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.zone', verbose_name='圏域')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='center',
            name='zone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='centers', to='centers.zone', verbose_name='圏域'),
        ),
        migrations.AddConstraint(
            model_name='businessitem',
            constraint=models.UniqueConstraint(fields=('catalogue', 'code'), name='business_item_key'),
        ),
        migrations.AddIndex(
            model_name='accesslog',
            index=models.Index(fields=['client_id', '-at'], name='access_log_client'),
        ),
        migrations.AddIndex(
            model_name='accesslog',
            index=models.Index(fields=['user', '-at'], name='access_log_user'),
        ),
        migrations.AddIndex(
            model_name='accesslog',
            index=models.Index(fields=['-at', '-id'], name='access_log_at'),
        ),
        migrations.AddConstraint(
            model_name='contractgeneration',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='generation_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='contractterm',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='term_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='contractterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('center', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='term_no_overlap', violation_error_message='同じセンターに、期間の重なる契約条件があります。開始日と終了日を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='noticeread',
            constraint=models.UniqueConstraint(fields=('notice', 'user'), name='notice_read_once'),
        ),
        migrations.AddConstraint(
            model_name='numbersequence',
            constraint=models.UniqueConstraint(fields=('center', 'series'), name='number_sequence_once'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='opening_hours_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('center', '='), ('weekday', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='opening_hours_no_overlap', violation_error_message='同じ曜日の開所時間が重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='opening_hours_weekday'),
        ),
        migrations.AddConstraint(
            model_name='openingrule',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='opening_rule_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='openingrule',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('term', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='opening_rule_no_overlap', violation_error_message='運営時間の条件が、期間で重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='plancap',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='plan_cap_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='plancap',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('term', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='plan_cap_no_overlap', violation_error_message='件数制限の期間が重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='postrequirement',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='post_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='postrequirement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('term', '='), ('post', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='post_no_overlap', violation_error_message='同じ職種の配置条件が、期間で重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='reportedholding',
            constraint=models.UniqueConstraint(fields=('center', 'on'), name='reported_holding_once'),
        ),
        migrations.AddConstraint(
            model_name='staffassignment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='assignment_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='staffassignment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('staff', '='), ('center', '='), ('post', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='assignment_no_overlap', violation_error_message='同じ職員の同じ配置が、期間で重なっています。開始日と終了日を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='grant_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('center__isnull', False), ('role__in', ('soudan', 'kinou', 'chiiki', 'kanri')), ('ward__isnull', True)), models.Q(('center__isnull', True), ('role', 'ku'), ('ward__isnull', False)), models.Q(('center__isnull', True), ('role__in', ['shi', 'system', 'kansa']), ('ward__isnull', True)), _connector='OR'), name='grant_scope', violation_error_message='権限と範囲(センター・区・市)が合っていません。'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('center__isnull', False)), expressions=[('user', '='), ('role', '='), ('center', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='grant_center_no_overlap', violation_error_message='同じ権限が、期間で重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ward__isnull', False)), expressions=[('user', '='), ('role', '='), ('ward', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='grant_ward_no_overlap', violation_error_message='同じ権限が、期間で重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('center__isnull', True), ('ward__isnull', True)), expressions=[('user', '='), ('role', '='), (centers.models.base.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='grant_city_no_overlap', violation_error_message='同じ権限が、期間で重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('kind', 'target_key', 'period'), name='finding_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('center__isnull', False), ('scope', 'center')), models.Q(('scope', 'ward'), ('ward__isnull', False)), ('scope', 'city'), _connector='OR'), name='finding_scope'),
        ),
        migrations.AddConstraint(
            model_name='center',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='center_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='center',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('zone', '='), (centers.models.base.DateRange('opened_on', 'closed_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='center_one_per_zone', violation_error_message='同じ圏域に、期間の重なるセンターがあります。開所日と閉所日を確かめてください。'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_userevent" ("created_at", "email", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_keys", "username") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."single_keys", NEW."username"); RETURN NULL;', hash='673d028d43a0011ef0f8a157d30cb55a1dcbd9de', operation='INSERT', pgid='pgtrigger_insert_insert_358d5', table='centers_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."single_keys" IS DISTINCT FROM (NEW."single_keys") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "centers_userevent" ("created_at", "email", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_keys", "username") VALUES (NEW."created_at", NEW."email", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."single_keys", NEW."username"); RETURN NULL;', hash='101b41ac34604d9fd517e23ceab53a70a7b42810', operation='UPDATE', pgid='pgtrigger_update_update_f5582', table='centers_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_userevent" ("created_at", "email", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "single_keys", "username") VALUES (OLD."created_at", OLD."email", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."single_keys", OLD."username"); RETURN NULL;', hash='a4a8a7137276463d0d5ea7ee391df3b176684ffa', operation='DELETE', pgid='pgtrigger_delete_delete_de524', table='centers_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businesscatalogue',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_businesscatalogueevent" ("code", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (NEW."code", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."source", NEW."status"); RETURN NULL;', hash='52b77987def260b3d7408e3d2d54d241e927e87c', operation='INSERT', pgid='pgtrigger_insert_insert_c6911', table='centers_businesscatalogue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businesscatalogue',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_businesscatalogueevent" ("code", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (NEW."code", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."source", NEW."status"); RETURN NULL;', hash='834b06223da29d24a41f085d6dbb0b2076636876', operation='UPDATE', pgid='pgtrigger_update_update_bb281', table='centers_businesscatalogue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businesscatalogue',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_businesscatalogueevent" ("code", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (OLD."code", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."code", OLD."source", OLD."status"); RETURN NULL;', hash='f75eeada013f8cdc0679f8e97f32d159e94d6823', operation='DELETE', pgid='pgtrigger_delete_delete_4bd9a', table='centers_businesscatalogue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codeentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_codeentryevent" ("code", "display_order", "ends_on", "id", "label", "list", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_label", "source", "starts_on", "status") VALUES (NEW."code", NEW."display_order", NEW."ends_on", NEW."id", NEW."label", NEW."list", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."short_label", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;', hash='274877f5e6afc611c6c78dfaf11b3523c66c3fc4', operation='INSERT', pgid='pgtrigger_insert_insert_6187e', table='centers_codeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codeentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_codeentryevent" ("code", "display_order", "ends_on", "id", "label", "list", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_label", "source", "starts_on", "status") VALUES (NEW."code", NEW."display_order", NEW."ends_on", NEW."id", NEW."label", NEW."list", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."short_label", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;', hash='51ee335bf8949ba74eb139dc9dcc1854adaeba77', operation='UPDATE', pgid='pgtrigger_update_update_43ca1', table='centers_codeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='codeentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_codeentryevent" ("code", "display_order", "ends_on", "id", "label", "list", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_label", "source", "starts_on", "status") VALUES (OLD."code", OLD."display_order", OLD."ends_on", OLD."id", OLD."label", OLD."list", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."short_label", OLD."source", OLD."starts_on", OLD."status"); RETURN NULL;', hash='3dcfe2dd221772fbfb7a668b32bbcec5c0f9bbba', operation='DELETE', pgid='pgtrigger_delete_delete_7c7d5', table='centers_codeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='corporation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_corporationevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."status"); RETURN NULL;', hash='19ad79652ef647db3951474efe78683e37437d10', operation='INSERT', pgid='pgtrigger_insert_insert_5173f', table='centers_corporation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='corporation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_corporationevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."status"); RETURN NULL;', hash='f74a50587afdb7bd7573079195fa53ccd64821b2', operation='UPDATE', pgid='pgtrigger_update_update_57c16', table='centers_corporation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='corporation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_corporationevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."status"); RETURN NULL;', hash='a42794f4c844711c24b0caf30f77e147e3ff8fa0', operation='DELETE', pgid='pgtrigger_delete_delete_114ec', table='centers_corporation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulesetting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_rulesettingevent" ("ends_on", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "value") VALUES (NEW."ends_on", NEW."id", NEW."key", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."value"); RETURN NULL;', hash='041dd08e4505c796989053616164829aa961e6b3', operation='INSERT', pgid='pgtrigger_insert_insert_78580', table='centers_rulesetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulesetting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_rulesettingevent" ("ends_on", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "value") VALUES (NEW."ends_on", NEW."id", NEW."key", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."value"); RETURN NULL;', hash='a5db13350acbc49a88482fe37550aa541b436510', operation='UPDATE', pgid='pgtrigger_update_update_4b8bd', table='centers_rulesetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rulesetting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_rulesettingevent" ("ends_on", "id", "key", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "value") VALUES (OLD."ends_on", OLD."id", OLD."key", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."starts_on", OLD."status", OLD."value"); RETURN NULL;', hash='77a3d860f37b2814c88d521c2e7c6b06c1a334b2', operation='DELETE', pgid='pgtrigger_delete_delete_df245', table='centers_rulesetting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businessitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_businessitemevent" ("catalogue_id", "code", "id", "in_contacts", "label", "mark", "part", "part_label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_label", "source", "status") VALUES (NEW."catalogue_id", NEW."code", NEW."id", NEW."in_contacts", NEW."label", NEW."mark", NEW."part", NEW."part_label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."short_label", NEW."source", NEW."status"); RETURN NULL;', hash='264fff29ae143faa8e1bce591c20486166369f4d', operation='INSERT', pgid='pgtrigger_insert_insert_b8043', table='centers_businessitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businessitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_businessitemevent" ("catalogue_id", "code", "id", "in_contacts", "label", "mark", "part", "part_label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_label", "source", "status") VALUES (NEW."catalogue_id", NEW."code", NEW."id", NEW."in_contacts", NEW."label", NEW."mark", NEW."part", NEW."part_label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."short_label", NEW."source", NEW."status"); RETURN NULL;', hash='c72843f2746147aeba2a2009423aa199de80aa6a', operation='UPDATE', pgid='pgtrigger_update_update_da32a', table='centers_businessitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businessitem',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_businessitemevent" ("catalogue_id", "code", "id", "in_contacts", "label", "mark", "part", "part_label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_label", "source", "status") VALUES (OLD."catalogue_id", OLD."code", OLD."id", OLD."in_contacts", OLD."label", OLD."mark", OLD."part", OLD."part_label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."short_label", OLD."source", OLD."status"); RETURN NULL;', hash='a02508395fa6488a8beb34912b2aba23f550f57c', operation='DELETE', pgid='pgtrigger_delete_delete_a16eb', table='centers_businessitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accesslog',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1fec4085165cb6180cce3425536c0d51bd9f9f8a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7004c', table='centers_accesslog', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractgeneration',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_contractgenerationevent" ("catalogue_id", "code", "ends_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status") VALUES (NEW."catalogue_id", NEW."code", NEW."ends_on", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;', hash='cd34357d8fcc24969daa2c8de910cbdfe041287e', operation='INSERT', pgid='pgtrigger_insert_insert_9becb', table='centers_contractgeneration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractgeneration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_contractgenerationevent" ("catalogue_id", "code", "ends_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status") VALUES (NEW."catalogue_id", NEW."code", NEW."ends_on", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."source", NEW."starts_on", NEW."status"); RETURN NULL;', hash='05df51a22814a9ba68c1f9718ce9d853ca801ab2', operation='UPDATE', pgid='pgtrigger_update_update_e4ab6', table='centers_contractgeneration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractgeneration',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_contractgenerationevent" ("catalogue_id", "code", "ends_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status") VALUES (OLD."catalogue_id", OLD."code", OLD."ends_on", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."code", OLD."source", OLD."starts_on", OLD."status"); RETURN NULL;', hash='68b263bdbf4f678a856479943c3499a85cd0695a', operation='DELETE', pgid='pgtrigger_delete_delete_2004a', table='centers_contractgeneration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractterm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_contracttermevent" ("center_id", "ends_on", "generation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "ward_meetings_per_year") VALUES (NEW."center_id", NEW."ends_on", NEW."generation_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."ward_meetings_per_year"); RETURN NULL;', hash='5ff451ed14759e5dd39685e998ae11786478917d', operation='INSERT', pgid='pgtrigger_insert_insert_14c50', table='centers_contractterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractterm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_contracttermevent" ("center_id", "ends_on", "generation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "ward_meetings_per_year") VALUES (NEW."center_id", NEW."ends_on", NEW."generation_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."ward_meetings_per_year"); RETURN NULL;', hash='c905944b85ac3d4829928b51ed3ce5c378f7e1a7', operation='UPDATE', pgid='pgtrigger_update_update_f7990', table='centers_contractterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractterm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_contracttermevent" ("center_id", "ends_on", "generation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "ward_meetings_per_year") VALUES (OLD."center_id", OLD."ends_on", OLD."generation_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."starts_on", OLD."status", OLD."ward_meetings_per_year"); RETURN NULL;', hash='e6401f420edfa354a882a4a443575176aa4835ab', operation='DELETE', pgid='pgtrigger_delete_delete_42a8b', table='centers_contractterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openinghours',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_openinghoursevent" ("center_id", "closes_at", "ends_on", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "weekday") VALUES (NEW."center_id", NEW."closes_at", NEW."ends_on", NEW."id", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."weekday"); RETURN NULL;', hash='c92ad86918e3111f18095ef70c0384c126ef136c', operation='INSERT', pgid='pgtrigger_insert_insert_68530', table='centers_openinghours', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openinghours',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_openinghoursevent" ("center_id", "closes_at", "ends_on", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "weekday") VALUES (NEW."center_id", NEW."closes_at", NEW."ends_on", NEW."id", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."weekday"); RETURN NULL;', hash='63f3d247abf8f9b57df45ea9cfb08c09d846584c', operation='UPDATE', pgid='pgtrigger_update_update_5454b', table='centers_openinghours', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openinghours',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_openinghoursevent" ("center_id", "closes_at", "ends_on", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "weekday") VALUES (OLD."center_id", OLD."closes_at", OLD."ends_on", OLD."id", OLD."opens_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."starts_on", OLD."status", OLD."weekday"); RETURN NULL;', hash='3232060c096ae32f3fcc528fb9a834bc5de8ec71', operation='DELETE', pgid='pgtrigger_delete_delete_fe38b', table='centers_openinghours', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openingrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_openingruleevent" ("all_day_desk", "emergency_contact", "ends_on", "id", "min_days", "min_minutes", "one_of_weekdays", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required_weekdays", "source", "starts_on", "status", "term_id") VALUES (NEW."all_day_desk", NEW."emergency_contact", NEW."ends_on", NEW."id", NEW."min_days", NEW."min_minutes", NEW."one_of_weekdays", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."required_weekdays", NEW."source", NEW."starts_on", NEW."status", NEW."term_id"); RETURN NULL;', hash='3f81d009b1fb9021b40cbdebba909109e0dc45c1', operation='INSERT', pgid='pgtrigger_insert_insert_dea33', table='centers_openingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openingrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_openingruleevent" ("all_day_desk", "emergency_contact", "ends_on", "id", "min_days", "min_minutes", "one_of_weekdays", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required_weekdays", "source", "starts_on", "status", "term_id") VALUES (NEW."all_day_desk", NEW."emergency_contact", NEW."ends_on", NEW."id", NEW."min_days", NEW."min_minutes", NEW."one_of_weekdays", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."required_weekdays", NEW."source", NEW."starts_on", NEW."status", NEW."term_id"); RETURN NULL;', hash='781ca1d6003ba114c6e253bca771f33ec6474f55', operation='UPDATE', pgid='pgtrigger_update_update_7d95d', table='centers_openingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openingrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_openingruleevent" ("all_day_desk", "emergency_contact", "ends_on", "id", "min_days", "min_minutes", "one_of_weekdays", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "required_weekdays", "source", "starts_on", "status", "term_id") VALUES (OLD."all_day_desk", OLD."emergency_contact", OLD."ends_on", OLD."id", OLD."min_days", OLD."min_minutes", OLD."one_of_weekdays", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."required_weekdays", OLD."source", OLD."starts_on", OLD."status", OLD."term_id"); RETURN NULL;', hash='64bec82f39574f03a27127d8c4b2121a1012329f', operation='DELETE', pgid='pgtrigger_delete_delete_6df27', table='centers_openingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancap',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_plancapevent" ("basis", "counts", "deadline", "ends_on", "id", "limit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "term_id") VALUES (NEW."basis", NEW."counts", NEW."deadline", NEW."ends_on", NEW."id", NEW."limit", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."term_id"); RETURN NULL;', hash='9ca1231bc01ac78174ade5a3954ee47291b4302c', operation='INSERT', pgid='pgtrigger_insert_insert_a653a', table='centers_plancap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancap',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_plancapevent" ("basis", "counts", "deadline", "ends_on", "id", "limit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "term_id") VALUES (NEW."basis", NEW."counts", NEW."deadline", NEW."ends_on", NEW."id", NEW."limit", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."starts_on", NEW."status", NEW."term_id"); RETURN NULL;', hash='68b2aecc9f753ee3510166b624fd8a243aced99b', operation='UPDATE', pgid='pgtrigger_update_update_1b375', table='centers_plancap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancap',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_plancapevent" ("basis", "counts", "deadline", "ends_on", "id", "limit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on", "status", "term_id") VALUES (OLD."basis", OLD."counts", OLD."deadline", OLD."ends_on", OLD."id", OLD."limit", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."starts_on", OLD."status", OLD."term_id"); RETURN NULL;', hash='99f08ff58196d60ce456a536e0b51dc8fa965c23', operation='DELETE', pgid='pgtrigger_delete_delete_f6e11', table='centers_plancap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postrequirement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_postrequirementevent" ("all_of", "any_of", "ends_on", "exclusive", "experience_months", "full_time", "id", "main_parts", "may_hold_plans", "on_gap", "optional_parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualification_settled", "required", "source", "starts_on", "status", "term_id") VALUES (NEW."all_of", NEW."any_of", NEW."ends_on", NEW."exclusive", NEW."experience_months", NEW."full_time", NEW."id", NEW."main_parts", NEW."may_hold_plans", NEW."on_gap", NEW."optional_parts", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."qualification_settled", NEW."required", NEW."source", NEW."starts_on", NEW."status", NEW."term_id"); RETURN NULL;', hash='7a73a47c3341d4844108e9b512fbed9d13e2dc47', operation='INSERT', pgid='pgtrigger_insert_insert_07887', table='centers_postrequirement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postrequirement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_postrequirementevent" ("all_of", "any_of", "ends_on", "exclusive", "experience_months", "full_time", "id", "main_parts", "may_hold_plans", "on_gap", "optional_parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualification_settled", "required", "source", "starts_on", "status", "term_id") VALUES (NEW."all_of", NEW."any_of", NEW."ends_on", NEW."exclusive", NEW."experience_months", NEW."full_time", NEW."id", NEW."main_parts", NEW."may_hold_plans", NEW."on_gap", NEW."optional_parts", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."qualification_settled", NEW."required", NEW."source", NEW."starts_on", NEW."status", NEW."term_id"); RETURN NULL;', hash='9e34d4ca770508dec9af1d63baa266e976fed72b', operation='UPDATE', pgid='pgtrigger_update_update_3b990', table='centers_postrequirement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postrequirement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_postrequirementevent" ("all_of", "any_of", "ends_on", "exclusive", "experience_months", "full_time", "id", "main_parts", "may_hold_plans", "on_gap", "optional_parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualification_settled", "required", "source", "starts_on", "status", "term_id") VALUES (OLD."all_of", OLD."any_of", OLD."ends_on", OLD."exclusive", OLD."experience_months", OLD."full_time", OLD."id", OLD."main_parts", OLD."may_hold_plans", OLD."on_gap", OLD."optional_parts", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post", OLD."qualification_settled", OLD."required", OLD."source", OLD."starts_on", OLD."status", OLD."term_id"); RETURN NULL;', hash='ebc096bb91b0fe4ec13c57028388e8e8a51538a6', operation='DELETE', pgid='pgtrigger_delete_delete_a1cd6', table='centers_postrequirement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportedholding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_reportedholdingevent" ("center_id", "held", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (NEW."center_id", NEW."held", NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."status"); RETURN NULL;', hash='c73391e061257ce16d37d3a1081b1f510e68e58b', operation='INSERT', pgid='pgtrigger_insert_insert_6a881', table='centers_reportedholding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportedholding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_reportedholdingevent" ("center_id", "held", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (NEW."center_id", NEW."held", NEW."id", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."status"); RETURN NULL;', hash='c8d7b401370fe7281dc7572518544516b8a8ccf3', operation='UPDATE', pgid='pgtrigger_update_update_a1066', table='centers_reportedholding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportedholding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_reportedholdingevent" ("center_id", "held", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status") VALUES (OLD."center_id", OLD."held", OLD."id", OLD."on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."status"); RETURN NULL;', hash='b8773b3c3b37554dc5a708fa13bb9620b9d2e84e', operation='DELETE', pgid='pgtrigger_delete_delete_f743c', table='centers_reportedholding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_staffmemberevent" ("id", "kana", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."kana", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='3afe63a31121ab26c53976163eb0c56ad37f6fd1', operation='INSERT', pgid='pgtrigger_insert_insert_f1afe', table='centers_staffmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_staffmemberevent" ("id", "kana", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."id", NEW."kana", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='fa254defa065ba4c91cb458b5c0644a1b0258921', operation='UPDATE', pgid='pgtrigger_update_update_f2987', table='centers_staffmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_staffmemberevent" ("id", "kana", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."id", OLD."kana", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='4d4051aab0fb4c0a92cd6089f7ab922ccb0de6c5', operation='DELETE', pgid='pgtrigger_delete_delete_acc10', table='centers_staffmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffassignment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_staffassignmentevent" ("center_id", "ends_on", "exclusive", "experience_months", "full_time", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualifications", "staff_id", "starts_on") VALUES (NEW."center_id", NEW."ends_on", NEW."exclusive", NEW."experience_months", NEW."full_time", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."qualifications", NEW."staff_id", NEW."starts_on"); RETURN NULL;', hash='ef4b525b1ad25ccc39b57b5995afa46450dc0ec8', operation='INSERT', pgid='pgtrigger_insert_insert_53e9c', table='centers_staffassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffassignment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_staffassignmentevent" ("center_id", "ends_on", "exclusive", "experience_months", "full_time", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualifications", "staff_id", "starts_on") VALUES (NEW."center_id", NEW."ends_on", NEW."exclusive", NEW."experience_months", NEW."full_time", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."qualifications", NEW."staff_id", NEW."starts_on"); RETURN NULL;', hash='f0e97d6b77c1d5c2dc59547f99d311706412cf45', operation='UPDATE', pgid='pgtrigger_update_update_113d2', table='centers_staffassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='staffassignment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_staffassignmentevent" ("center_id", "ends_on", "exclusive", "experience_months", "full_time", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "qualifications", "staff_id", "starts_on") VALUES (OLD."center_id", OLD."ends_on", OLD."exclusive", OLD."experience_months", OLD."full_time", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post", OLD."qualifications", OLD."staff_id", OLD."starts_on"); RETURN NULL;', hash='ae53ba70ebabada5d373d3773971991bf7ca0651', operation='DELETE', pgid='pgtrigger_delete_delete_f33b8', table='centers_staffassignment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_rolegrantevent" ("center_id", "ends_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id", "ward_id") VALUES (NEW."center_id", NEW."ends_on", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id", NEW."ward_id"); RETURN NULL;', hash='73ea180c30fce2a6aee4317428425691ce5cc182', operation='INSERT', pgid='pgtrigger_insert_insert_bb797', table='centers_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_rolegrantevent" ("center_id", "ends_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id", "ward_id") VALUES (NEW."center_id", NEW."ends_on", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id", NEW."ward_id"); RETURN NULL;', hash='7bb8b1b59b020a0c2e32d6021e7e191216530515', operation='UPDATE', pgid='pgtrigger_update_update_b6f3d', table='centers_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_rolegrantevent" ("center_id", "ends_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id", "ward_id") VALUES (OLD."center_id", OLD."ends_on", OLD."granted_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."starts_on", OLD."user_id", OLD."ward_id"); RETURN NULL;', hash='ded0e26e05326302f6be61764a68fdc422361a20', operation='DELETE', pgid='pgtrigger_delete_delete_0c3fd', table='centers_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='center',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_centerevent" ("address", "closed_on", "corporation_id", "id", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "zone_id") VALUES (NEW."address", NEW."closed_on", NEW."corporation_id", NEW."id", NEW."name", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."status", NEW."zone_id"); RETURN NULL;', hash='cc7c932313f4dedee9376ffb545d37ea1fa9acb0', operation='INSERT', pgid='pgtrigger_insert_insert_5c145', table='centers_center', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='center',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centers_centerevent" ("address", "closed_on", "corporation_id", "id", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "zone_id") VALUES (NEW."address", NEW."closed_on", NEW."corporation_id", NEW."id", NEW."name", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."status", NEW."zone_id"); RETURN NULL;', hash='85e4174f65ba70de420fc4b87fafa536a86a075f', operation='UPDATE', pgid='pgtrigger_update_update_555e3', table='centers_center', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='center',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centers_centerevent" ("address", "closed_on", "corporation_id", "id", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "status", "zone_id") VALUES (OLD."address", OLD."closed_on", OLD."corporation_id", OLD."id", OLD."name", OLD."opened_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."status", OLD."zone_id"); RETURN NULL;', hash='cd8a22857235942d102b8869e0d3b807047576db', operation='DELETE', pgid='pgtrigger_delete_delete_b58d0', table='centers_center', when='AFTER')),
        ),
    ])]
