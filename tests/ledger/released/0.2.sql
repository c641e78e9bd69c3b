BEGIN TRANSACTION;
CREATE TABLE decisions (
	seq INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	link BLOB NOT NULL, 
	recorded_at BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	subjects TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	value TEXT, 
	CONSTRAINT decisions_by_seq PRIMARY KEY (seq)
);
INSERT INTO "decisions" VALUES(5,X'D4D0D2BFCD828416823519559C0E4B6C',X'0CDEF1698123C74DE312E1365DBA01FA4C31A21747C14765A639AF2008D8F984',1767225600000002,'statement','["7933bf7dcfeb4b7ec8b71f3779506c96"]','reject','Bo Example','misread',NULL);
INSERT INTO "decisions" VALUES(6,X'4D9B5B1D7D81FF3D0F2A6A615555AEF5',X'05043D11C373A921F997C7C3E185D4EB8F797648C2AA7651C587630C5DECB647',1767225600000003,'document','["4b5bf852f0d5c9dba618400f16f035f5"]','correct','Bo Example','redated','{"published": "2018"}');
INSERT INTO "decisions" VALUES(7,X'2637A32239239796B897B5528774E0D2',X'F424A4F54CD759AF41391F6D869D39836D4FA600D56E2201B04345F97256FAEB',1767225600000004,'statement','["7933bf7dcfeb4b7ec8b71f3779506c96"]','withdraw','Bo Example','it was right',NULL);
CREATE TABLE documents (
	seq INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	link BLOB NOT NULL, 
	recorded_at BIGINT NOT NULL, 
	content BLOB NOT NULL, 
	url TEXT, 
	outlet TEXT, 
	title TEXT, 
	published TEXT, 
	retrieved TEXT, 
	media_type TEXT NOT NULL, 
	"after" TEXT, 
	name TEXT, 
	text TEXT NOT NULL, 
	source BLOB, 
	CONSTRAINT documents_by_seq PRIMARY KEY (seq), 
	CONSTRAINT documents_by_id UNIQUE (id)
);
INSERT INTO "documents" VALUES(1,X'B94D32431B4D46B7172F679737D0B9B5',X'AFC3BE66EA7EC7A47F528A1C0A8099195ACF4CAD69FFF22AE5FC94580C7C20E5',1767225600000000,X'187D5B767C59C29BA4BAE5D3252CE647E95EA93034995FA847C54D0BAEEBD204',NULL,NULL,NULL,'2019-11-12',NULL,'text/plain',NULL,'heron.txt','The second Heron ferry, first promised for 2029, is now due in 2031 if the yard reopens, Ada Example said.',X'789C0D8D410EC2300C04EF7DC53E2045249CCA8D03120FE003013BAAA5368EEC56A5BF27D79166A6ED9F457C66BA235DE334C638C6340CEF99E1FCD54A78B1694561B333A088F98666BA8A33A1A8752D4D01E2A87A807686D4CE6E1152B0F5CC998D60AC8DAB073C28E3F9CB6B5BFA200B5DFE708A29C6');
INSERT INTO "documents" VALUES(3,X'4B5BF852F0D5C9DBA618400F16F035F5',X'61B01F457B63C899567F7613318D2F8E187093E5CE29F93AEBCEF2091F8FF9DE',1767225600000001,X'2CA29B9D6CF6584F765CD2896FC35FE75DC72141BC0610784E7C8F8A36CB3C32',NULL,NULL,NULL,'2019-11-12',NULL,'text/plain',NULL,'heron.txt','Zephyr makes the gear boxes of the Heron.',X'789C2B284DCAC92CCE484DB152303230B4D43534D43534E2E28A4A2DC8A82C52C84DCC4E2D5628C94855484F4D2C5248CAAF0072F3D3C0221EA945F9797A00912914CE');
CREATE TABLE names (
	name TEXT NOT NULL, 
	CONSTRAINT names_by_name PRIMARY KEY (name)
);
INSERT INTO "names" VALUES('Heron');
CREATE TABLE slipcast_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT slipcast_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "slipcast_version" VALUES('0002');
CREATE TABLE statements (
	seq INTEGER NOT NULL, 
	id BLOB NOT NULL, 
	link BLOB NOT NULL, 
	recorded_at BIGINT NOT NULL, 
	document INTEGER NOT NULL, 
	shelf INTEGER NOT NULL, 
	programme_key TEXT NOT NULL, 
	counts_from VARCHAR(10) NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	milestone TEXT NOT NULL, 
	status TEXT NOT NULL, 
	programme TEXT NOT NULL, 
	supplier TEXT, 
	recipient TEXT, 
	tranche TEXT, 
	quantity TEXT, 
	date TEXT, 
	previous_date TEXT, 
	speaker TEXT, 
	speaker_role TEXT, 
	anonymous SMALLINT NOT NULL, 
	via TEXT, 
	modality TEXT NOT NULL, 
	cause TEXT, 
	condition TEXT, 
	relation TEXT, 
	participant TEXT, 
	part TEXT, 
	sourcing TEXT, 
	stated_on TEXT, 
	reader TEXT NOT NULL, 
	CONSTRAINT statements_by_seq PRIMARY KEY (seq), 
	CONSTRAINT statements_of_document UNIQUE (document, id), 
	FOREIGN KEY(document) REFERENCES documents (seq)
);
INSERT INTO "statements" VALUES(2,X'7933BF7DCFEB4B7EC8B71F3779506C96',X'ED15B3EE077F08EEF6BC4BA85E9E95BF7439E28DEE33F77FE7D82C598C80EDA1',1767225600000000,1,0,'heron','2019-11-12',0,106,'delivery','delayed','Heron',NULL,'["Harbour"]',NULL,'[1,"~","ferry"]',NULL,NULL,'Ada Example',NULL,0,NULL,'certain',NULL,NULL,NULL,NULL,NULL,NULL,'2019-11-12','rules 0.1');
INSERT INTO "statements" VALUES(4,X'5B0203094D11D5FDE267AC939BE8CC6B',X'9F0ECFEF6B7C3303084CF55C12C854F6FDDDE6C5C799FAA694CF346E107B3DD1',1767225600000001,3,0,'heron','2019-11-12',0,41,'participation','achieved','Heron',NULL,'["Harbour"]',NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'certain',NULL,NULL,'workshare','Zephyr','gear boxes',NULL,'2019-11-12','rules 0.1');
CREATE TABLE subjects (
	decision INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	CONSTRAINT subjects_by_decision PRIMARY KEY (decision, subject), 
	FOREIGN KEY(decision) REFERENCES decisions (seq)
);
INSERT INTO "subjects" VALUES(5,'7933bf7dcfeb4b7ec8b71f3779506c96');
INSERT INTO "subjects" VALUES(6,'4b5bf852f0d5c9dba618400f16f035f5');
INSERT INTO "subjects" VALUES(7,'7933bf7dcfeb4b7ec8b71f3779506c96');
CREATE INDEX statements_by_id ON statements (shelf, id);
CREATE INDEX statements_by_programme ON statements (shelf, programme_key);
CREATE INDEX subjects_by_subject ON subjects (subject);
CREATE TRIGGER documents_refuse_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'documents: append only, UPDATE refused'); END;
CREATE TRIGGER documents_refuse_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents: append only, DELETE refused'); END;
CREATE TRIGGER documents_refuse_replace BEFORE INSERT ON documents WHEN EXISTS (SELECT 1 FROM documents WHERE seq >= NEW.seq) OR EXISTS (SELECT 1 FROM documents WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'documents: append only, REPLACE refused'); END;
CREATE TRIGGER statements_refuse_update BEFORE UPDATE ON statements BEGIN SELECT RAISE(ABORT, 'statements: append only, UPDATE refused'); END;
CREATE TRIGGER statements_refuse_delete BEFORE DELETE ON statements BEGIN SELECT RAISE(ABORT, 'statements: append only, DELETE refused'); END;
CREATE TRIGGER statements_refuse_replace BEFORE INSERT ON statements WHEN EXISTS (SELECT 1 FROM statements WHERE seq >= NEW.seq) OR EXISTS (SELECT 1 FROM statements WHERE document = NEW.document AND id = NEW.id) BEGIN SELECT RAISE(ABORT, 'statements: append only, REPLACE refused'); END;
CREATE TRIGGER decisions_refuse_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions: append only, UPDATE refused'); END;
CREATE TRIGGER decisions_refuse_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions: append only, DELETE refused'); END;
CREATE TRIGGER decisions_refuse_replace BEFORE INSERT ON decisions WHEN EXISTS (SELECT 1 FROM decisions WHERE seq >= NEW.seq) BEGIN SELECT RAISE(ABORT, 'decisions: append only, REPLACE refused'); END;
CREATE TRIGGER subjects_refuse_update BEFORE UPDATE ON subjects BEGIN SELECT RAISE(ABORT, 'subjects: append only, UPDATE refused'); END;
CREATE TRIGGER subjects_refuse_delete BEFORE DELETE ON subjects BEGIN SELECT RAISE(ABORT, 'subjects: append only, DELETE refused'); END;
CREATE TRIGGER subjects_refuse_replace BEFORE INSERT ON subjects WHEN EXISTS (SELECT 1 FROM subjects WHERE decision = NEW.decision AND subject = NEW.subject) BEGIN SELECT RAISE(ABORT, 'subjects: append only, REPLACE refused'); END;
CREATE TRIGGER names_refuse_update BEFORE UPDATE ON names BEGIN SELECT RAISE(ABORT, 'names: append only, UPDATE refused'); END;
CREATE TRIGGER names_refuse_delete BEFORE DELETE ON names BEGIN SELECT RAISE(ABORT, 'names: append only, DELETE refused'); END;
CREATE TRIGGER names_refuse_replace BEFORE INSERT ON names WHEN EXISTS (SELECT 1 FROM names WHERE name = NEW.name) BEGIN SELECT RAISE(ABORT, 'names: append only, REPLACE refused'); END;
COMMIT;
